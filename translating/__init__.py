"""For developers: what the interface says, collected from code and templates into the catalogues of app/locales."""
