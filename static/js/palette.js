// The palette: a box with a list below it. The focus stays in the box; arrows choose in the list, Enter goes there.
(() => {
  const box = () => document.getElementById("palette-box");
  const options = () => [...document.querySelectorAll("#palette-options [role=option]")];
  const chosen = () => document.querySelector("#palette-options [aria-selected=true]");
  let isLate = false; // Enter came before the answer to what was typed last

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    if (!option) return box().removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    box().setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  const isAnswered = () => document.querySelector("#palette-options [data-asked]")?.dataset.asked === box().value;

  function move(step) {
    const all = options();
    const place = all.indexOf(chosen()) + step;
    choose(all[(place + all.length) % all.length]);
  }

  const KEYS = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => { if (isAnswered()) chosen()?.click(); else isLate = true; },
  };

  document.addEventListener("keydown", (event) => {
    if (event.target !== box() || event.isComposing || event.keyCode === 229 || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  document.addEventListener("input", (event) => {
    if (event.target === box()) isLate = false; // who types on has not meant what stood there
  });

  document.addEventListener("opened", (event) => {
    if (event.target.id !== "palette") return;
    isLate = false;
    box().select();
  });

  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx.target?.id !== "palette-options") return;
    choose(options()[0]);
    if (!isAnswered()) return; // to letters typed before; Enter waits on
    if (isLate) chosen()?.click();
    isLate = false;
  });
})();
