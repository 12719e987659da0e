/** The look of a report: one column, light and dark, a phone and paper. */

/** `matter`: named on each page of paper, with the page's number. */
export function styleOf(matter: string): string {
  return `${STYLE}\n@page{margin:18mm 15mm 20mm;@bottom-left{content:"Evidence report: "${cssString(matter)};font:8pt sans-serif;color:#333}@bottom-right{content:"Page " counter(page) " of " counter(pages);font:8pt sans-serif;color:#333}}`;
}

/** Any text as a string of CSS: everything but plain letters and digits by its number. */
function cssString(text: string): string {
  const most = 70;
  const all = [...text];
  const shown = all.length > most ? [...all.slice(0, most), '…'] : all;
  const written = shown.map((one) => (/[A-Za-z0-9 ]/.test(one) ? one : `\\${(one.codePointAt(0) ?? 0).toString(16)} `));
  return `"${written.join('')}"`;
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#4a5360;--page:#fff;--panel:#f4f6f8;--rule:#c9d0d8;--good:#0b6b3a;--bad:#a3221b;--look:#1d4fa3;--dim:#7b8794}
@media (prefers-color-scheme:dark){:root{--ink:#e8ebef;--soft:#b3bcc7;--page:#14171b;--panel:#1f242b;--rule:#3d4651;--good:#5fd39a;--bad:#ff9d94;--look:#8db8ff;--dim:#8d99a6}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;overflow-wrap:anywhere}
main,header,footer{max-width:60rem;margin:0 auto;padding:0 1rem}
h1{font-size:1.7rem;line-height:1.2;margin:1.5rem 0 .3rem}
h2{font-size:1.25rem;margin:2.2rem 0 .5rem;padding-top:.6rem;border-top:1px solid var(--rule)}
h3{font-size:1.02rem;margin:1.3rem 0 .3rem}
p,li,dd{max-width:44rem}
.soft{color:var(--soft)}
.verdict{background:var(--panel);border-left:.35rem solid var(--look);padding:.7rem 1rem;margin:1rem 0}
.verdict.bad{border-color:var(--bad)}.verdict.good{border-color:var(--good)}
.verdict p{margin:.2rem 0}.verdict ul{margin:.3rem 0}
.picture{max-width:45rem;margin:.8rem 0}.picture p{margin:0}.picture svg{display:block}.picture .soft{font-size:.85rem}
.counts{max-width:26rem}.count{margin:0 0 .55rem}
.lane{margin:0 0 .3rem}.lane p,.ends{font-size:.9rem}.ends{display:flex;justify-content:space-between;gap:1rem}
.axis{stroke:var(--rule);stroke-width:2}.look{stroke:var(--look);stroke-width:1.5;stroke-dasharray:4 3}
.mark{fill:var(--look);stroke:var(--page);stroke-width:1}.mark.losses{fill:var(--bad)}.mark.releases{fill:var(--page);stroke:var(--bad);stroke-width:2.5}.mark.claims{fill:var(--good)}
.bar{fill:var(--panel);stroke:var(--rule);stroke-width:2}.bar.missing{fill:var(--bad);stroke:none}.part{fill:var(--good)}.unknown{fill:var(--dim)}
.key{display:inline-block;margin-right:.9em}.key::before{content:"";display:inline-block;width:.8em;height:.8em;margin-right:.35em;background:var(--panel);border:1px solid var(--rule)}
.key.part::before{background:var(--good);border-color:var(--good)}.key.unknown::before{background:var(--dim);border-color:var(--dim)}.key.missing::before{background:var(--bad);border-color:var(--bad)}
table{border-collapse:collapse;width:100%;font-size:.92rem;margin:.6rem 0}
caption{text-align:left;color:var(--soft);padding:.2rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--rule)}
td{min-width:6rem}th{overflow-wrap:normal}
td[data-column="What"],td[data-column="Who"],td[data-column="Reason"]{min-width:10rem}td code{display:inline-block;min-width:8.5rem}
.when{white-space:nowrap}
code{font:0.88em ui-monospace,"SFMono-Regular",Menlo,"Liberation Mono",monospace}
dl{margin:.6rem 0}dl div{margin:0 0 .45rem}dt{font-weight:600}dd{margin:0}
a{color:var(--look)}a:focus-visible{outline:3px solid var(--look);outline-offset:2px}
footer{margin:2.5rem auto 2rem;color:var(--soft);font-size:.9rem}
@media screen and (max-width:40rem){h1{font-size:1.35rem}ul{padding-left:1.2rem}}
@media screen and (max-width:52rem){
.cards,.cards tbody,.cards caption{display:block}.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.cards tr{display:block;border:1px solid var(--rule);border-radius:4px;padding:.4rem .6rem;margin:0 0 .6rem}
.cards td{display:block;border:0;padding:.1rem 0;min-width:0}.cards td:empty{display:none}.cards td::before{content:attr(data-column);display:block;color:var(--soft);font-size:.85rem}
.cards td,.cards td code{min-width:0}}
@media print{:root{color-scheme:light;--ink:#000;--soft:#333;--page:#fff;--panel:#f2f2f2;--rule:#999;--good:#0b6b3a;--bad:#a3221b;--look:#1d4fa3;--dim:#7b8794}
body{font-size:10pt}main,header,footer{max-width:none;padding:0}h1{margin-top:0}h2,h3,caption,.lane p,.count p{break-after:avoid}tr,svg,.picture,.verdict,dl div,li{break-inside:avoid}p{orphans:3;widows:3}thead{display:table-header-group;break-after:avoid}tbody,tbody tr:first-child{break-before:avoid}table{font-size:8.5pt}td{min-width:4rem}td code{min-width:7rem}td[data-column="What"],td[data-column="Who"],td[data-column="Reason"]{min-width:7rem}td[data-column="State"]{min-width:5.2rem}footer{break-before:avoid}a{text-decoration:none;color:inherit}.part,.bar,.unknown,.mark,.key::before,.verdict{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`.trim();
