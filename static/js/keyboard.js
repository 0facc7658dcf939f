// Which key asks for what, and when keys are left alone. What is asked for is done in cards.js and going.js.
(() => {
  const COMMANDS = {
    "/": "search", j: "next", k: "previous", n: "next-unread", p: "previous-unread", o: "open", Enter: "open",
    v: "arxiv", c: "code", s: "star", f: "star", t: "tags", m: "read", "[": "before", "]": "after", u: "up",
    y: "copy", ".": "unfold", "?": "help",
  };
  const PLACES = { d: "/", b: "/library", s: "/searches", u: "/papers?read=no", p: "/papers", t: "/topics" };
  const MAY_REPEAT = new Set(["next", "previous", "next-unread", "previous-unread"]);
  const CHORD_MS = 1500;
  let chordUntil = 0;
  let composedAt = -1;

  const ask = (name, detail) => document.dispatchEvent(new CustomEvent(`command:${name}`, { detail }));

  // Some input methods end the composition before the key that ended it comes: that key is still theirs.
  document.addEventListener("compositionend", () => { composedAt = performance.now(); }, true);
  const isComposing = (event) =>
    event.isComposing || event.keyCode === 229 || (composedAt >= 0 && performance.now() - composedAt < 100);

  const isTyping = (target) =>
    target instanceof HTMLElement && (target.isContentEditable || target.closest("input, textarea, select, dialog"));

  const isLeftAlone = (event) =>
    document.documentElement.dataset.keyboard === "off" || event.defaultPrevented || isComposing(event) ||
    isTyping(event.target) || document.querySelector("dialog[open]");

  function command(event) {
    const isChord = performance.now() < chordUntil;
    chordUntil = 0;
    if (isChord && Object.hasOwn(PLACES, event.key)) return ["go", PLACES[event.key]];
    if (isChord || !Object.hasOwn(COMMANDS, event.key)) return [];
    // A link or button that has the focus knows itself what Enter means.
    if (event.key === "Enter" && event.target.closest("a, button, summary, [tabindex='0']")) return [];
    const name = COMMANDS[event.key];
    return event.repeat && !MAY_REPEAT.has(name) ? [] : [name];
  }

  document.addEventListener("keydown", (event) => {
    if (isLeftAlone(event)) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === "k") {
      event.preventDefault();
      ask("palette");
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === "Shift") return;
    if (event.key === "g" && performance.now() >= chordUntil) {
      chordUntil = performance.now() + CHORD_MS;
      return;
    }
    const [name, detail] = command(event);
    if (!name) return;
    event.preventDefault();
    ask(name, detail);
  });
})();
