// What a link downloads is copied: by a button beside it, or by a key that asks for it. Without this script there is the link alone.
(() => {
  const said = () => document.getElementById("copied"); // where a button says what came of it
  const announcer = () => document.getElementById("announcer").dataset;

  // Browsers let scripts at the clipboard only over HTTPS or on this machine; the old way works elsewhere.
  async function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const focused = document.activeElement;
    const box = document.createElement("textarea");
    box.value = text;
    box.className = "unseen";
    document.body.append(box);
    box.select();
    const isDone = document.execCommand("copy");
    box.remove();
    focused?.focus({ preventScroll: true });
    if (!isDone) throw new Error("not allowed");
  }

  async function copyFrom(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    await copy(await answer.text());
  }

  const isCopied = (address) => copyFrom(address).then(() => true, () => false);

  document.addEventListener("copy-from", async ({ detail }) => {
    const words = await isCopied(detail) ? announcer().copied : announcer().notCopied;
    document.dispatchEvent(new CustomEvent("tell", { detail: words }));
  });

  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      said().textContent = "";
      said().textContent = await isCopied(button.dataset.copy) ? said().dataset.done : said().dataset.failed;
      button.focus();
    });
  }
})();
