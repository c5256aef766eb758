/** A picture as Chart.js wants it, in the page's colours and letters. What is told by colour is told by filling, too. */

import { lines } from './words.js';

const BAR_REM = 2.25;
const AROUND_REM = 5;
const COLUMNS_REM = 15;

/** How high a picture of this shape has to be, in rem. */
export function heightOf({ shape, labels }) {
  return shape === 'bars' ? AROUND_REM + BAR_REM * labels.length : COLUMNS_REM;
}

/** `letters`: { family, size } in px. */
export function configOf({ shape, labels, series, percent = false }, colours, letters) {
  const lying = shape === 'bars';
  const font = { family: letters.family, size: letters.size };
  const ticks = { color: colours.ink, font };
  const amounts = {
    beginAtZero: true,
    grid: { color: colours.hairline },
    ticks: { ...ticks, precision: percent ? undefined : wholeOnly(series), callback: percent ? asPercent : undefined },
  };
  const names = { grid: { display: false }, ticks: { ...ticks, autoSkip: !lying } };
  return {
    type: shape === 'line' ? 'line' : 'bar',
    data: { labels: lying ? labels.map((label) => lines(label)) : labels, datasets: series.map((each) => dataset(each, shape, colours)) },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      indexAxis: lying ? 'y' : 'x',
      scales: lying ? { x: amounts, y: names } : { x: names, y: amounts },
      plugins: {
        legend: { display: series.length > 1, labels: { color: colours.ink, font } },
        tooltip: {
          backgroundColor: colours.ink, titleColor: colours.paper, bodyColor: colours.paper, titleFont: font, bodyFont: font,
          callbacks: percent ? { label: ({ raw }) => asPercent(raw) } : {},
        },
      },
    },
  };
}

function dataset({ name, values, hollow = false, hollowAt = null }, shape, colours) {
  if (shape === 'line') {
    return {
      label: name, data: values, borderColor: colours.link, borderWidth: 3, pointRadius: 5, pointBorderWidth: 2, pointBorderColor: colours.link,
      pointBackgroundColor: hollowAt.map((is) => (is ? colours.mist : colours.link)),
    };
  }
  // The part lies on the whole, not beside it.
  return {
    label: name, data: values, grouped: false, maxBarThickness: 40, borderColor: hollow ? colours.ink : colours.link, borderWidth: 2,
    backgroundColor: hollow ? 'transparent' : colours.link,
  };
}

/** Cars come in whole numbers. */
function wholeOnly(series) {
  return series.every(({ values }) => values.every(Number.isInteger)) ? 0 : undefined;
}

function asPercent(share) {
  return `${Math.round(share * 1000) / 10}%`;
}
