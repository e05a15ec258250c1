// What a reader would trip over on a page, measured in the page itself.

/// <reference lib="dom" />

import type { Page } from "playwright-core";

/** How far the page is wider than the screen, in CSS pixels. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** Text that is hard to read: its contrast with what is behind it is under `least` (WCAG 2 ratio). */
export function faintTexts(page: Page, least = 4.5): Promise<readonly string[]> {
  return page.evaluate((limit) => {
    type Color = [number, number, number, number];

    function parse(color: string): Color {
      const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/gu) ?? []).map(Number);
      return [red, green, blue, alpha];
    }

    function over(top: Color, under: Color): Color {
      const mix = (a: number, b: number) => a * top[3] + b * (1 - top[3]);
      return [mix(top[0], under[0]), mix(top[1], under[1]), mix(top[2], under[2]), 1];
    }

    function backgroundOf(element: Element): Color {
      const layers: Color[] = [];
      for (let at: Element | null = element; at; at = at.parentElement) {
        layers.unshift(parse(getComputedStyle(at).backgroundColor));
      }
      return layers.reduce((under, top) => over(top, under), [255, 255, 255, 1] as Color);
    }

    function luminance([red, green, blue]: Color): number {
      const linear = [red, green, blue].map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      const [r = 0, g = 0, b = 0] = linear;
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    }

    const faint = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const text = walker.currentNode.textContent?.trim();
      if (!element || !text || !element.checkVisibility()) continue;
      if (element.closest("script, style")) continue;
      const background = backgroundOf(element);
      const color = over(parse(getComputedStyle(element).color), background);
      const [lighter = 0, darker = 0] = [luminance(color), luminance(background)].sort(
        (a, b) => b - a,
      );
      const ratio = (lighter + 0.05) / (darker + 0.05);
      if (ratio < limit)
        faint.add(`${ratio.toFixed(2)}: ${text.slice(0, 40)} (${element.className})`);
    }
    return [...faint];
  }, least);
}

/** Presses Tab through the whole page and returns what can be reached but does not show it. */
export async function invisibleFocus(
  page: Page,
): Promise<{ reached: number; invisible: readonly string[] }> {
  const invisible: string[] = [];
  let reached = 0;
  for (let step = 0; step < 300; step += 1) {
    await page.keyboard.press("Tab");
    const state = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return undefined;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const isShown = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
      const isOnScreen = box.bottom > 0 && box.top < innerHeight && box.width > 0;
      const name = `${element.tagName} ${element.textContent?.trim().slice(0, 30)}`;
      return { name, isVisible: isShown && isOnScreen };
    });
    if (!state) break;
    reached += 1;
    if (!state.isVisible) invisible.push(state.name);
  }
  return { reached, invisible };
}
