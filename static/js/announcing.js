// After a part of the page was swapped: the focus goes where it makes sense, and screen readers hear what there is.
(() => {
  const announcer = () => document.getElementById("announcer");
  let forgetting = 0;

  function tell(text, isShown = false) {
    clearTimeout(forgetting);
    announcer().textContent = ""; // the same words twice are news, too
    announcer().classList.toggle("shown", isShown);
    requestAnimationFrame(() => { announcer().textContent = text; });
    forgetting = setTimeout(() => {
      announcer().textContent = "";
      announcer().classList.remove("shown");
    }, 4000);
  }

  document.addEventListener("tell", (event) => tell(event.detail, true));

  function listSwapped() {
    const total = document.querySelector("#results .total, #results .empty, #results [role=alert]");
    if (!total) return;
    if (document.activeElement && document.activeElement !== document.body) return tell(total.innerText);
    total.tabIndex = -1; // what had the focus is gone
    total.focus({ preventScroll: true });
  }

  function markSwapped(button) {
    if (button === document.activeElement) return; // then it is read out as it is
    tell(announcer().dataset[`${button.name}${button.getAttribute("aria-pressed") === "true" ? "On" : "Off"}`] ?? "");
  }

  document.addEventListener("htmx:after:swap", (event) => {
    const { target, hx } = event.detail.ctx;
    if (hx?.retarget) return; // what went wrong stands above the page, and says so itself
    const isList = target?.id === "results";
    const isMark = event.target.matches?.(".marks button");
    if (isList || isMark) document.getElementById("problem").replaceChildren(); // what went wrong before is over
    if (isList) listSwapped();
    if (isMark) markSwapped(event.target);
  });

  document.addEventListener("htmx:error", () => tell(announcer().dataset.failed, true));

  // After signing in one is back at the button one had pressed.
  if (/^#(?:bookmark|read)-\d+$/.test(location.hash)) document.querySelector(location.hash)?.focus({ focusVisible: true });
})();
