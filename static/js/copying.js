// Buttons that copy what a link beside them downloads. Without this script there are the links alone.
(() => {
  const status = document.getElementById("copied");

  // Browsers let scripts at the clipboard only over HTTPS or on this machine; the old way works elsewhere.
  async function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const box = document.createElement("textarea");
    box.value = text;
    box.className = "unseen";
    document.body.append(box);
    box.select();
    const isDone = document.execCommand("copy");
    box.remove();
    if (!isDone) throw new Error("not allowed");
  }

  async function copyFrom(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    await copy(await answer.text());
  }

  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      status.textContent = "";
      const isDone = await copyFrom(button.dataset.copy).then(() => true, () => false);
      status.textContent = isDone ? status.dataset.done : status.dataset.failed;
      button.focus();
    });
  }
})();
