// Figures as large as the window, one after another. Without this script each is a link to the picture itself.
(() => {
  const gallery = document.querySelector("[data-gallery]");
  const dialog = gallery && document.getElementById(gallery.dataset.gallery);
  if (!dialog) return;
  const links = [...gallery.querySelectorAll("figure > a")];
  const stage = dialog.querySelector(".stage");
  const part = (name) => dialog.querySelector(`.${name}`);
  const button = (name) => dialog.querySelector(`[data-do=${name}]`);
  let at = 0;

  function show(place) {
    at = (place + links.length) % links.length;
    const small = links[at].querySelector("img");
    const picture = Object.assign(new Image(), { alt: small.alt, referrerPolicy: "no-referrer", src: small.src });
    stage.replaceChildren(picture);
    part("caption").textContent = links[at].parentElement.querySelector(".caption").textContent;
    part("place").textContent = `${at + 1} / ${links.length}`;
    zoom(false);
  }

  function zoom(isFull) {
    dialog.classList.toggle("full", isFull);
    button("zoom").setAttribute("aria-pressed", isFull);
    stage.scrollTo(0, 0);
  }

  const deeds = {
    previous: () => show(at - 1),
    next: () => show(at + 1),
    first: () => show(0),
    last: () => show(links.length - 1),
    zoom: () => zoom(!dialog.classList.contains("full")),
    close: () => dialog.close(),
  };
  const keys = { ArrowLeft: "previous", ArrowRight: "next", Home: "first", End: "last", z: "zoom", "+": "zoom", "-": "zoom" };

  gallery.addEventListener("click", (event) => {
    const link = event.target.closest("figure > a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(links.indexOf(link));
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
    else if (event.target.closest(".stage img")) deeds.zoom();
    else deeds[event.target.closest("[data-do]")?.dataset.do]?.();
  });
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation(); // keys of the page mean something else
    const isScrolling = dialog.classList.contains("full") && event.target === stage && event.key.startsWith("Arrow");
    if (!Object.hasOwn(keys, event.key) || event.ctrlKey || event.metaKey || event.altKey || isScrolling) return;
    event.preventDefault();
    deeds[keys[event.key]]();
  });
  dialog.addEventListener("close", () => links[at].focus());
})();
