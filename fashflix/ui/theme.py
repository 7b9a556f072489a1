"""What the theme in .streamlit/config.toml cannot say: page width, the space around things, the wordmark."""

import streamlit as st

from fashflix.settings import ROOT

CSS = """
.stMainBlockContainer { max-width: 72rem; padding-top: 5rem; padding-bottom: 4rem; }
[data-testid="stHeader"] { border-bottom: 1px solid color-mix(in srgb, currentColor 8%, transparent); }
.st-key-filter_bar { margin-bottom: .25rem; }
.st-key-filter_bar [data-testid="stText"] { font-family: inherit; font-size: .88rem; opacity: .75; white-space: normal; }
.st-key-taste_so_far [data-testid="stText"] { font-family: inherit; white-space: normal; }
.st-key-your_photo { max-width: 14rem; }
[data-testid="stText"] { font-family: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
[class*="st-key-error_text_"], [class*="st-key-success_text_"] { padding: .8rem 1rem; border-radius: .8rem; }
[class*="st-key-error_text_"] { background: color-mix(in srgb, #c0392b 14%, transparent); }
[class*="st-key-success_text_"] { background: color-mix(in srgb, #2f7d46 16%, transparent); }
[class*="st-key-feed_preview_"] [data-testid="stText"] { font-size: .85rem; }
[class*="st-key-feed_preview_"] [data-testid="stElementContainer"]:first-child [data-testid="stText"] { font-weight: 600; }
[data-testid="stCaptionContainer"] { color: inherit !important; opacity: .76; }
[data-testid^="stBaseButton-primary"] p { color: #fff; color: light-dark(#fff, #161413); }
.st-key-who > div:first-child [data-testid="stText"] { font-size: 1.35rem; font-weight: 600; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(7.3rem, 1fr)); gap: 1.1rem 1rem; }
.stHtml .figures { margin: 0 0 .5rem; padding: 0; }
.figures dt { font-size: .82rem; opacity: .75; }
.figures dd { margin: 0 !important; font-size: 1.5rem; font-weight: 600; line-height: 1.25; }
.figures small { opacity: .75; }
.bars { list-style: none; display: grid; gap: .55rem; }
.bars li { display: grid; grid-template-columns: clamp(5.5rem, 30%, 17rem) 1fr auto; gap: .3rem .75rem; align-items: center; }
.stHtml .bars, .stHtml .bars li { margin: 0; padding: 0; font-size: .9rem; }
.bars i { height: .6rem; border-radius: 99px; background: color-mix(in srgb, currentColor 9%, transparent); overflow: hidden; }
.bars b { display: block; height: 100%; border-radius: 99px; background: color-mix(in srgb, currentColor 45%, transparent); }
.bars em { font-style: normal; font-variant-numeric: tabular-nums; opacity: .8; }
.bars .meant { font-weight: 600; } .bars .meant b { background: var(--st-primary-color, #b8402a); }
h3 { font-size: 1.3rem !important; }
h1 { font-size: 2rem !important; padding: .25rem 0 .5rem !important; }
.st-key-tab_bar { display: none; }
[data-testid="stLayoutWrapper"]:has(> .st-key-tab_bar) { position: absolute; }
@media (max-width: 640px) {
  .st-key-tab_bar { display: flex; position: fixed; z-index: 999; inset: auto 0 0 0; gap: 0; width: 100%; flex-flow: row nowrap;
    padding: .3rem .4rem calc(.3rem + env(safe-area-inset-bottom)); background: var(--st-background-color, Canvas);
    border-top: 1px solid color-mix(in srgb, currentColor 12%, transparent); }
  .st-key-tab_bar > div { flex: 1 1 0; min-width: 0; width: auto; }
  .st-key-tab_bar a { flex-direction: column; gap: 0; padding: .25rem 0; justify-content: center; align-items: center; min-height: 3rem; }
  .st-key-tab_bar a p { font-size: .72rem; }
  .stMainBlockContainer { padding: 4.25rem 1rem 6rem; }
  .bars li { grid-template-columns: 1fr auto; } .bars li i { grid-column: 1 / -1; grid-row: 2; }
}
"""


def style():
    """Apply it to the page being drawn."""
    dialogs = f"[role='dialog'] {{ color-scheme: {st.context.theme.type}; }}" if st.context.theme.type in ("light", "dark") else ""
    st.html(f"<style>{CSS}{dialogs}</style>")
    st.logo(ROOT / "fashflix" / "ui" / "static" / "wordmark.svg", size="large")
