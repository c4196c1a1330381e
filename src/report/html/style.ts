/** Rules of the page. No rule loads anything. */
export const style = `
:root{color-scheme:light dark;--paper:#fff;--soft:#f3f5f7;--rule:#d0d7de;--ink:#1a1d21;--muted:#57606a;--accent:#0b5cad;--rest:#a9c6e4;--contrast:#a84300;--high:#b3261e;--medium:#8a5a00;--low:#3b5f7d;--identity:#7a3fd1;--network:#0b706b;--content:#9a4d00;--timing:#b3246b;--shape:#4d6b00}
@media screen and (prefers-color-scheme:dark){:root{--paper:#14171a;--soft:#1f252b;--rule:#3a424b;--ink:#e6e8eb;--muted:#a3adb8;--accent:#6cb0f5;--rest:#335577;--contrast:#f5a563;--high:#ff8f86;--medium:#e5b453;--low:#9cc2e0;--identity:#c29bff;--network:#4cc9c0;--content:#f0a35a;--timing:#ff8fbf;--shape:#a9cc4d}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem 1.25rem 3rem;max-width:64rem;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif;overflow-wrap:break-word}
h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.25rem;margin:2rem 0 .5rem}h3{font-size:1.15rem;margin:0 0 .5rem}h4{font-size:.95rem;margin:1rem 0 .25rem}
code{font:.85em ui-monospace,monospace;overflow-wrap:anywhere}
a{color:var(--accent)}a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.25rem .5rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.lead{font-size:1.1rem}.caution,.legend,.note,caption,small,dt{color:var(--muted)}.legend,.note,caption,small{font-size:.85rem}.legend,.note{margin:.1rem 0 .4rem}
.cluster{border-top:3px solid var(--rule);margin-top:2.5rem;padding-top:1rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:.2rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--rule);font-weight:400}
thead th{color:var(--muted);font-size:.85rem;border-bottom-color:var(--muted)}
.ranking td,.ranking th,td:not(.text){white-space:nowrap}.text{min-width:12rem}.text code{display:block}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(26rem,1fr));gap:.15rem 1.5rem;margin:.5rem 0}
dl div{display:flex;gap:.6rem}dt{flex:0 0 6.5rem}dd{margin:0}
ul{margin:.25rem 0;padding-left:1.2rem}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:0 2rem}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(14.5rem,1fr));gap:0 1.5rem}
.level{border:1px solid;border-radius:3px;padding:0 .4em;font-size:.85rem;color:var(--muted)}.level.high{color:var(--high)}.level.medium{color:var(--medium)}.level.low{color:var(--low)}
figure{margin:1.25rem 0 0}figcaption h4{margin-top:0}
svg{display:block;width:100%;height:auto}svg text{fill:var(--muted);font:11px system-ui,sans-serif}.mid{text-anchor:middle}.end{text-anchor:end}
svg.meter{display:inline-block;width:3.75rem;height:.5rem;vertical-align:middle}svg.rank{width:clamp(5rem,18vw,15rem);height:.9rem;margin-top:.25rem}
.meter path{stroke-width:8}.rank path{stroke-width:14}.full{stroke:var(--accent)}.rest{stroke:var(--rest)}
.grid{stroke:var(--rule)}.bar{fill:var(--accent)}.line{fill:none;stroke:var(--contrast);stroke-width:2}
.event path{stroke:var(--ink);stroke-dasharray:3 3}.event text{fill:var(--ink)}
.row path{stroke:var(--accent);stroke-width:9}.row.everybody path{stroke:var(--contrast)}.row .s0,.meter .s0{stroke:var(--soft)}.row.everybody .s0{stroke:var(--soft)}
.s1{stroke-opacity:.2}.s2{stroke-opacity:.4}.s3{stroke-opacity:.6}.s4{stroke-opacity:.8}
.link{stroke:var(--muted);fill:none}.l1{stroke-opacity:.2}.l2{stroke-opacity:.4}.l3{stroke-opacity:.7}
.core{fill:var(--ink);stroke:var(--paper)}.fringe{fill:var(--paper);stroke:var(--ink);stroke-width:1.5}
.value text{fill:var(--paper);font-weight:700}.identity rect{fill:var(--identity)}.network rect{fill:var(--network)}.content rect{fill:var(--content)}.timing rect{fill:var(--timing)}.shape rect{fill:var(--shape)}
.key{margin-right:1rem;white-space:nowrap}.bar-key::before,.rest-key::before,.line-key::before{content:"";display:inline-block;width:.8em;height:.8em;margin-right:.35em;background:var(--accent)}.rest-key::before{background:var(--rest)}.line-key::before{height:0;border-top:2px solid var(--contrast);background:none;vertical-align:middle}
details{margin:.5rem 0}summary{cursor:pointer;color:var(--accent)}
@media (max-width:40rem){dl{grid-template-columns:1fr}}
@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:9pt}.screen,.skip{display:none}.scroll{overflow:visible}h2,h3,h4{break-after:avoid}svg.rank{width:7rem}th,td{padding-right:.4rem}.cluster{border:0}.cluster+.cluster{break-before:page}figure,tr{break-inside:avoid}details::details-content{content-visibility:visible;block-size:auto}a{color:inherit;text-decoration:none}*,*::before{print-color-adjust:exact}}
`;
