"""The style of all drawings: classes, no inline styles, light and dark."""

from __future__ import annotations

# A renderer that knows no variables and no queries (resvg) takes the plain rules and leaves out the rest.
# Contrasts of text against its ground, and of marks against it, are at least 4.5:1 and 3:1 in both.
STYLESHEET = """\
.dg{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;font-size:12px}
.dg text{fill:#1f2933}
.dg .dg-ground{fill:#ffffff}
.dg .dg-head{font-size:15px;font-weight:600}
.dg .dg-dim{fill:#52606d}
.dg .dg-small{font-size:11px}
.dg .dg-number{font-size:11px;text-anchor:middle}
.dg .dg-end{text-anchor:end}
.dg .dg-middle{text-anchor:middle}
.dg .dg-grid{stroke:#e4e7eb;stroke-width:1;fill:none}
.dg .dg-axis{stroke:#9aa5b1;stroke-width:1;fill:none}
.dg .dg-today{stroke:#1f2933;stroke-width:1;stroke-dasharray:2 3;fill:none}
.dg .dg-band{fill:#f5f7fa}
.dg .dg-land{fill:#e4e7eb}
.dg .dg-mark{stroke-width:1.6;stroke-linejoin:round}
.dg .dg-meeting{fill:#1b5fa8;stroke:#1b5fa8}
.dg .dg-proposal{fill:#9a5b00;stroke:#9a5b00}
.dg .dg-agreement{fill:#1f7a3d;stroke:#1f7a3d}
.dg .dg-refusal{fill:#b3261e;stroke:#b3261e}
.dg .dg-hollow{fill:#ffffff}
.dg .dg-about{stroke-dasharray:1.5 2.2;stroke-linecap:round}
.dg .dg-bar{fill-opacity:.28;stroke-width:1.2}
.dg .dg-strike{stroke:#1f2933;stroke-width:1.6;fill:none}
.dg .dg-warn{fill:#b3261e;font-weight:700;font-size:13px}
.dg .dg-q0{fill:#f5f7fa}
.dg .dg-q1{fill:#d6e6f5}
.dg .dg-q2{fill:#a9cbe8}
.dg .dg-q3{fill:#6fa5d6}
.dg .dg-q4{fill:#3276b8}
.dg .dg-q5{fill:#14457a}
.dg text.dg-light{fill:#ffffff}
.dg .dg-edge{stroke:#1b5fa8;stroke-opacity:.45;fill:none}
.dg .dg-node{fill:#1b5fa8;stroke:#ffffff;stroke-width:1.5}
.dg .dg-place{fill:#1b5fa8;fill-opacity:.72;stroke:#ffffff;stroke-width:1}
.dg .dg-country{fill:#ffffff;fill-opacity:.8;stroke:#1b5fa8;stroke-width:1.6}
.dg .dg-halo{stroke:#ffffff;stroke-width:3;stroke-linejoin:round;fill:#ffffff}
.dg .dg-stop-meeting{stop-color:#1b5fa8}
.dg .dg-stop-proposal{stop-color:#9a5b00}
.dg .dg-stop-agreement{stop-color:#1f7a3d}
.dg .dg-stop-refusal{stop-color:#b3261e}
.dg a{cursor:pointer}
.dg a:hover .dg-mark,.dg a:focus .dg-mark{stroke-width:3}
.dg a:focus{outline:2px solid #1b5fa8;outline-offset:2px}
@media (prefers-color-scheme:dark){
.dg text{fill:#e4e7eb}
.dg .dg-ground{fill:#14181d}
.dg .dg-dim{fill:#a9b4c0}
.dg .dg-grid{stroke:#2b333d}
.dg .dg-axis{stroke:#6b7885}
.dg .dg-today,.dg .dg-strike{stroke:#e4e7eb}
.dg .dg-band{fill:#1b2128}
.dg .dg-land{fill:#2b333d}
.dg .dg-meeting{fill:#6fb1f0;stroke:#6fb1f0}
.dg .dg-proposal{fill:#e0a64a;stroke:#e0a64a}
.dg .dg-agreement{fill:#63c787;stroke:#63c787}
.dg .dg-refusal{fill:#f28b82;stroke:#f28b82}
.dg .dg-stop-meeting{stop-color:#6fb1f0}
.dg .dg-stop-proposal{stop-color:#e0a64a}
.dg .dg-stop-agreement{stop-color:#63c787}
.dg .dg-stop-refusal{stop-color:#f28b82}
.dg .dg-hollow{fill:#14181d}
.dg .dg-warn{fill:#f28b82}
.dg .dg-q0{fill:#1b2128}
.dg .dg-q1{fill:#17324d}
.dg .dg-q2{fill:#1d4670}
.dg .dg-q3{fill:#2a5f92}
.dg .dg-q4{fill:#7fb5e6}
.dg .dg-q5{fill:#c2e0fa}
.dg text.dg-light{fill:#0b0e11}
.dg .dg-edge{stroke:#6fb1f0}
.dg .dg-node{fill:#6fb1f0;stroke:#14181d}
.dg .dg-place{fill:#6fb1f0;stroke:#14181d}
.dg .dg-country{fill:#14181d;stroke:#6fb1f0}
.dg .dg-halo{stroke:#14181d;fill:#14181d}
.dg a:focus{outline-color:#6fb1f0}
}
@media (forced-colors:active){.dg text{fill:CanvasText}.dg .dg-ground{fill:Canvas}}
"""
