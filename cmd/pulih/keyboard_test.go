package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// focusReport says what the Tab key has reached. Where want is an element's
// expression, Hit is whether it is that one.
const focusReport = `(() => {
	const at = document.activeElement, want = %s, before = window.focusBefore
	if (!at || at === document.body) { window.focusBefore = null; return {Start: true} }
	window.focusBefore = at
	const box = at.getBoundingClientRect(), style = getComputedStyle(at)
	const over = document.elementFromPoint(box.x + box.width / 2, Math.max(1, Math.min(innerHeight - 1, box.y + box.height / 2)))
	return {
		What: at.outerHTML.slice(0, 120),
		Hit: at === want || at.type === 'radio' && want?.type === 'radio' && at.name === want.name,
		Ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
		Covered: box.bottom <= 0 || box.top >= innerHeight || !over || !(at.contains(over) || over.contains(at) || over.closest('label')?.control === at),
		Back: before !== at && before?.isConnected && !(before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING),
	}
})()`

type focused struct {
	Start, Hit, Ring, Covered, Back bool
	What                            string
}

// tabTo presses Tab until an element has the focus. On the way the focus is
// seen, is not covered, and goes down the page (SC 2.4.3, 2.4.7, 2.4.11).
func (b *tab) tabTo(element string) {
	b.t.Helper()
	for starts := 0; starts < 2; {
		at := b.tabKey(element)
		switch {
		case at.Start:
			starts++
		case !at.Ring || at.Covered || at.Back:
			b.fail("the focus is lost: %+v", at)
		case at.Hit:
			return
		}
	}
	b.fail("Tab never reaches %s", element)
}

func (b *tab) tabKey(element string) focused {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 15*time.Second)
	defer cancel()
	b.keys("\t")
	at, err := chromedp.Run(ctx, chromedp.Evaluate[focused](fmt.Sprintf(focusReport, element)))
	if err != nil {
		b.fail("focus: %v", err)
	}
	return at
}

func (b *tab) keys(keys string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys))
}

func byXPath(path string) string {
	return fmt.Sprintf(`document.evaluate(%q, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue`, path)
}

func byCSS(css string) string { return fmt.Sprintf(`document.querySelector(%q)`, css) }

// keyChoose takes an option: Space ticks, arrows move within a group.
func (b *tab) keyChoose(css string) {
	b.t.Helper()
	b.tabTo(byCSS(css))
	b.keys(" ")
	for range 12 {
		if b.is(byCSS(css) + `.checked`) {
			return
		}
		b.keys(arrowDown)
	}
	b.fail("no key chooses %s", css)
}

const arrowDown = "\u0301" // kb.ArrowDown

// keyPress goes to a button or link and presses it: Space for the one, Enter
// for the other.
func (b *tab) keyPress(control string) {
	b.t.Helper()
	b.tabTo(byXPath(control))
	key := chromedp.KeyEvent("\r")
	if b.is(`document.activeElement.tagName === 'BUTTON'`) {
		key = chromedp.KeyEvent(" ")
	}
	b.leaves(control, key)
}

// is asks the page.
func (b *tab) is(expression string) bool {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 15*time.Second)
	defer cancel()
	yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression))
	if err != nil {
		b.fail("%s: %v", strings.TrimSpace(expression), err)
	}
	return yes
}

// evaluate is what an expression of the page says.
func (b *tab) evaluate(expression string) string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 15*time.Second)
	defer cancel()
	said, err := chromedp.Run(ctx, chromedp.Evaluate[string](expression))
	if err != nil {
		b.fail("%s: %v", expression, err)
	}
	return said
}
