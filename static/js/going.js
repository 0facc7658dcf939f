// Where keys lead, and the dialogs: a link with data-dialog opens that one, and is a plain link without this script.
(() => {
  const on = (name, act) => document.addEventListener(`command:${name}`, act);
  const press = (selector) => document.querySelector(selector)?.click();

  on("go", ({ detail }) => location.assign(detail));
  on("search", () => document.querySelector(".masthead input[type=search]")?.select());
  on("help", () => open("keys"));
  on("palette", () => open("palette"));

  // Days and months name their neighbours; elsewhere it is the pager that does.
  const neighbour = (rel) => press(document.querySelector(".neighbours") ? `.neighbours a[rel~=${rel}]` : `#main a[rel~=${rel}]`);
  on("before", () => neighbour("prev"));
  on("after", () => neighbour("next"));

  on("up", () => {
    const up = document.querySelector('#main a[rel~="up"]');
    const before = document.referrer && new URL(document.referrer);
    const isFromThere = up && before.origin === location.origin && before.pathname === up.pathname;
    if (isFromThere) return history.back(); // the list is then as it was left, at its place
    return up ? up.click() : location.assign("/papers");
  });

  function open(id) {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open) return;
    dialog.showModal();
    dialog.dispatchEvent(new CustomEvent("opened", { bubbles: true }));
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link.dataset.dialog);
  });
})();
