// Buttons that keep papers or mark them as read: each answers for itself, and the page stays. All are of one form.
document.addEventListener("submit", (event) => {
  if (event.target.id !== "marks") return;
  event.preventDefault();
  const button = event.submitter;
  htmx.ajax("POST", button.getAttribute("formaction"), { source: button, target: button, swap: "outerHTML" });
});
