// What stands outside a list follows when the list is swapped: the words in the search box, the feed, where one comes back to.
(() => {
  document.addEventListener("htmx:after:swap", (event) => {
    const list = event.detail.ctx.target?.id === "results" && document.querySelector("#results [data-words]");
    if (!list) return;
    const box = document.getElementById("q");
    if (box !== document.activeElement) box.value = list.dataset.words; // who is typing knows better
    document.querySelector("link[data-feed]")?.setAttribute("href", list.dataset.feed);
  });

  // A key's own request waits for more keys. Once Search was pressed it would only repeat what is asked already, and stop
  // a page that is being opened.
  let isAsked = false;
  const isBox = (node) => node?.id === "q";
  document.addEventListener("input", ({ target }) => { if (isBox(target)) isAsked = false; });
  document.addEventListener("submit", ({ target }) => { if (isBox(target.elements.q)) isAsked = true; });
  document.addEventListener("htmx:config:request", (event) => {
    if (isAsked && isBox(event.detail.ctx.sourceElement)) event.preventDefault();
  });

  // Such a link says where one is, which a swap may have changed.
  function sayWhere(event) {
    const link = event.target.closest?.("a[data-here]");
    if (!link) return;
    const address = new URL(link.href);
    address.searchParams.set("next", location.pathname + location.search);
    link.href = address;
  }
  for (const pressed of ["click", "auxclick", "contextmenu"]) document.addEventListener(pressed, sayWhere, true);
})();
