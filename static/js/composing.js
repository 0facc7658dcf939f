// While Chinese is being composed, what stands in the box is no word yet: it is searched when the composition ends.
document.addEventListener("input", (event) => {
  if (event.isComposing) event.stopPropagation();
}, true);
document.addEventListener("compositionend", (event) => {
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
}, true);
// Some browsers end the composition before the key that ended it comes: that Enter chose a word, it submits nothing.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.keyCode === 229) event.preventDefault();
}, true);
