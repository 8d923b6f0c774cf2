"""Filling in the questionnaire page: the experts, touches, and a whole form by the handlers of the page."""

import techprio as tp

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
EXPERTS = tuple(
    tp.forms.Expert(f"e{n:02}", f"Người {n}", f"g{n % 3}", ("AGR",) if n % 4 == 0 else ()) for n in range(12)
)
#: Answers what stands on each screen, by the events that a touch sends, up to the last screen.
FILL = """(answers) => {
  const shown = {weights: {}, ratios: []};
  const screen = document.getElementById('screen');
  const touch = (box, name, value) => {
    const field = () => box.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
    if (!field()) box.querySelector('.degrees > button').click();
    field().click();
  };
  for (;;) {
    for (const box of screen.querySelectorAll('[data-q]')) {
      const q = box.dataset.q, said = answers[q];
      if (!said) continue;
      const typed = box.querySelector('input[type=text]');
      if (typed) {
        typed.value = said[0];
        typed.dispatchEvent(new Event('change'));
      } else {
        touch(box, q.startsWith('pair:') ? `${q} side` : q, String(said[0]));
        if (said[1]) touch(box, `${q} degree`, String(said[1]));
      }
    }
    const ratio = screen.querySelector('.ratio');
    if (ratio) shown.ratios.push(Number(ratio.dataset.cr));
    for (const node of screen.querySelectorAll('[data-node]')) {
      shown.weights[node.dataset.node] = JSON.parse(node.dataset.weights);
    }
    if (screen.dataset.kind === 'finish') return shown;
    document.getElementById('next').click();
  }
}"""


def kind(page):
    """Return what kind of screen is shown."""
    return page.evaluate("document.getElementById('screen').dataset.kind")


def save(page, path, button="#download"):
    """Send from the last screen; return the words that are shown."""
    while kind(page) != "finish":
        page.click("#next")
    with page.expect_download() as download:
        page.click(button)
    download.value.save_as(path)
    return page.inner_text("#result")


def answer(page, pair, preferred, degree):
    """Answer one comparison by touches."""
    box = page.locator(f'[data-q="{pair.key}"]')
    box.locator(f'.cards input[value="{preferred}"]').check()
    if preferred not in "=?":
        if degree % 2 == 0:
            box.locator(".degrees > button").click()
        box.locator(f'.degrees input[value="{degree}"]').check()


def to_scores(page, leaf):
    """Go on to the scores of a criterion."""
    while f"{leaf} ·" not in page.inner_text("#screen"):
        page.click("#next")
