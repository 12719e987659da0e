/** The look of a report: one column, light and dark, a phone and paper. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#4a5360;--page:#fff;--panel:#f4f6f8;--rule:#c9d0d8;--good:#0b6b3a;--bad:#a3221b;--look:#1d4fa3}
@media (prefers-color-scheme:dark){:root{--ink:#e8ebef;--soft:#b3bcc7;--page:#14171b;--panel:#1f242b;--rule:#3d4651;--good:#5fd39a;--bad:#ff9d94;--look:#8db8ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
main,header,footer{max-width:60rem;margin:0 auto;padding:0 1rem}
h1{font-size:1.7rem;line-height:1.2;margin:1.5rem 0 .3rem}
h2{font-size:1.25rem;margin:2.2rem 0 .5rem;padding-top:.6rem;border-top:1px solid var(--rule)}
h3{font-size:1.02rem;margin:1.3rem 0 .3rem}
p,li{max-width:44rem}
.soft{color:var(--soft)}
.verdict{background:var(--panel);border-left:.35rem solid var(--look);padding:.7rem 1rem;margin:1rem 0}
.verdict.bad{border-color:var(--bad)}.verdict.good{border-color:var(--good)}
.verdict p{margin:.2rem 0}
.picture{display:block;width:100%;max-width:45rem;height:auto;margin:.8rem 0}
.picture.counts{max-width:26rem;min-width:0}.picture text{fill:var(--ink);font-size:13px}.picture .end{text-anchor:end}
.axis{stroke:var(--rule);stroke-width:2}.look{stroke:var(--look);stroke-width:1.5;stroke-dasharray:4 3}
.mark{fill:var(--look);stroke:var(--page);stroke-width:1}.mark.losses{fill:var(--bad)}.mark.releases{fill:none;stroke:var(--bad);stroke-width:2.5}.mark.claims{fill:var(--good)}
.bar{fill:var(--panel);stroke:var(--rule)}.part.full{fill:var(--good)}.part.short{fill:var(--bad)}
.scroll{overflow-x:auto;margin:.6rem 0}
table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{text-align:left;color:var(--soft);padding:.2rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--rule)}
td{overflow-wrap:break-word;min-width:4rem}
td code{display:inline-block;min-width:8.5rem}
.when{white-space:nowrap}
code{font:0.88em ui-monospace,"SFMono-Regular",Menlo,"Liberation Mono",monospace;overflow-wrap:anywhere}
a{color:var(--look)}
footer{margin:2.5rem auto 2rem;color:var(--soft);font-size:.9rem}
@media (max-width:40rem){h1{font-size:1.35rem}.picture{min-width:34rem}.picture text{font-size:16px}.picture.counts text{font-size:14px}.picture.counts{min-width:0}ul{padding-left:1.2rem}}
@media print{:root{--ink:#000;--soft:#333;--page:#fff;--panel:#f2f2f2;--rule:#999;--good:#0b6b3a;--bad:#a3221b;--look:#1d4fa3}
body{font-size:10.5pt}main,header,footer{max-width:none;padding:0}.scroll{overflow:visible}h2,h3{break-after:avoid}tr,svg,.verdict{break-inside:avoid}thead{display:table-header-group}a{text-decoration:none;color:inherit}.part,.bar,.mark,.verdict{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`.trim();
