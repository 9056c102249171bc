"""The few styles that Streamlit's theme cannot express: cards, badges, the timeline. Colours pass WCAG AA."""

from __future__ import annotations

import streamlit as st

_CSS = """<style>
.kn-muted{color:#56645f;font-size:.9rem}
.kn-muted a{color:#1d5c55;text-underline-offset:2px}
.kn-badges{display:flex;flex-wrap:wrap;gap:.4rem;margin:.1rem 0 .2rem}
.kn-badge{display:inline-block;padding:.12rem .6rem;border-radius:99px;font-size:.82rem;line-height:1.5;
background:#eaf1ee;color:#1d4a44}
.kn-badge.warn{background:#fdeceA;color:#7c1d12}
.kn-badge.soft{background:#eef0f3;color:#3c4650}
.kn-badge.now{background:#dfe9fb;color:#1f3f7a}
dl.kn-data{display:grid;grid-template-columns:minmax(7rem,11rem) 1fr;gap:.45rem 1rem;margin:.2rem 0 0;padding:0}
dl.kn-data dt{color:#56645f}
dl.kn-data dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}
.st-key-uebersicht_verlauf [data-testid="stElementToolbar"]{display:none}
ol.kn-time{list-style:none;margin:.2rem 0 0;padding:0;border-left:2px solid #d5dedb}
ol.kn-time li{position:relative;padding:0 0 1.1rem 1.25rem;margin:0;font-size:1rem}
ol.kn-time li::before{content:"";position:absolute;left:-6px;top:.45rem;width:10px;height:10px;border-radius:50%;
background:#1d5c55;box-shadow:0 0 0 3px #fff}
ol.kn-time li.open::before{background:#fff;border:2px solid #7b8a86;width:6px;height:6px}
.kn-line{display:flex;flex-wrap:wrap;gap:.2rem .6rem;align-items:baseline}
.kn-title{font-weight:600}
ul.kn-rows{list-style:none;margin:.2rem 0 0;padding:0}
ul.kn-rows li{padding:.55rem 0;margin:0;border-bottom:1px solid #e6ebe9;font-size:1rem}
ul.kn-rows li:last-child{border-bottom:0}
.kn-step{margin-top:.15rem}
.kn-step.warn{color:#8a2114}
.kn-count{font-size:1.35rem;font-weight:650;color:#1c2825;font-variant-numeric:tabular-nums;text-align:right}
.kn-line{line-height:1.5}
.kn-line a,dl.kn-data a,.kn-link a{color:#1d5c55;text-underline-offset:2px}
.kn-line a.kn-small{color:#56645f;font-size:.85rem}
[data-testid="stCaptionContainer"],[data-testid="stCaptionContainer"] p{color:#56645f;opacity:1}
.rc-overflow-item-rest [data-testid="stTopNavSection"] p{font-size:0;visibility:hidden}
.rc-overflow-item-rest [data-testid="stTopNavSection"] p::after{content:"Mehr";font-size:.875rem;visibility:visible}
[data-testid="stMetricValue"]{font-variant-numeric:tabular-nums}
[data-testid="stMetricLabel"],[data-testid="stMetricLabel"] *{white-space:normal!important;overflow:visible}
[class*="st-key-uebersicht_karte_"],.st-key-uebersicht_aufmerksamkeit,.st-key-uebersicht_verlauf,
.st-key-uebersicht_zeilen,.st-key-kontakte_detail,.st-key-kontakte_leer,.st-key-frame_empty{background:#fff}
[class*="st-key-eintrag_"] details>summary{background:#eaf1ee;font-weight:600}
[class*="st-key-uebersicht_karte_"] [data-testid="stPageLink"] a{padding-left:0;min-height:2.5rem}
[class*="_liste_"][class*="st-key-"] button,
[class*="_liste_"][class*="st-key-"] button>div{justify-content:flex-start;text-align:left}
[class*="st-key-qualitaet_fall_"],[class*="st-key-beziehungen_zeile_"],
.st-key-qualitaet_listen,.st-key-beziehungen_listen,.st-key-schluessel_listen{background:#fff}
.st-key-ueb_dran,.st-key-ueb_fakten,.st-key-ueb_trichter,.st-key-ueb_verlauf,.st-key-antw_liste,
[class*="st-key-antw_fall_"],.st-key-uebersicht_veranstaltungen{background:#fff}
[class*="st-key-antw_"] [data-testid="InputInstructions"]{display:none}
.st-key-uebersicht_veranstaltungen [data-testid="stPageLink"] a{padding-left:0}
.kn-side{white-space:pre-line;overflow-wrap:anywhere;margin:.15rem 0 .3rem}
[class*="st-key-treffer_"] button,[class*="st-key-verweis_"] button{justify-content:flex-start;text-align:left;
width:100%;padding:.45rem .6rem}
[class*="st-key-treffer_"] button:hover,[class*="st-key-verweis_"] button:hover{background:#eaf1ee}
[class*="st-key-treffer_"] button>div,[class*="st-key-treffer_"] button p,
[class*="st-key-verweis_"] button>div,[class*="st-key-verweis_"] button p{justify-content:flex-start;text-align:left}
[class*="st-key-zert_runde_"],[class*="st-key-zert_spalte_"],[class*="st-key-zert_fassung_"],.st-key-zert_dran,
.st-key-zert_schritte,.st-key-zert_eintragen{background:#fff}
.st-key-einsch_eintragen,.st-key-einsch_liste,.st-key-bericht_freigabe,.st-key-entsch_form,
.st-key-entsch_entschieden{background:#fff}
[class*="st-key-einsch_"] [data-testid="InputInstructions"],
[class*="st-key-bericht_"] [data-testid="InputInstructions"],
[class*="st-key-entsch_"] [data-testid="InputInstructions"]{display:none}
[class*="st-key-zert_karte_"] button,[class*="st-key-zert_karte_"] button>div,[class*="st-key-zert_karte_"] button p{
justify-content:flex-start;text-align:left}
[class*="st-key-zert_karte_"] button{padding:.4rem .6rem}
[class*="st-key-zert_oeffnen_"] button{padding-left:0;min-height:2rem}
.st-key-zert_trichter button p,.st-key-zert_daneben button p,.st-key-zert_plaetze button p,
[class*="st-key-zert_mehr_"] button p{text-decoration:underline;text-underline-offset:3px;color:#1d5c55}
[class*="st-key-treffer_"] button p small,[class*="st-key-verweis_"] button p small{color:#56645f}
[data-testid="stMain"] h1{hyphens:auto}
[data-testid="stMain"] p,[data-testid="stMain"] li{overflow-wrap:break-word}
[data-testid="stMetricLabel"] *,[data-testid="stMain"] [data-testid="stBaseButton-tertiary"] p,
[data-testid="stMain"] [data-testid="stPageLink"] p{white-space:normal;overflow:visible;overflow-wrap:break-word}
[class*="st-key-va_oeffnen_"] button,[class*="st-key-va_oeffnen_"] button>div{
justify-content:flex-start;text-align:left}
.kn-key{display:inline-block;width:.7rem;height:.7rem;margin-right:.35rem;border-radius:2px}
@media (max-width:640px){
.kn-count{text-align:left}
dl.kn-data{grid-template-columns:1fr;gap:0}
dl.kn-data dd{margin-bottom:.5rem}
[data-testid="stMain"] [data-testid="stHeading"] h1{font-size:1.7rem}
}
</style>"""


def apply() -> None:
    """Bring the styles onto the page."""
    st.html(_CSS)
