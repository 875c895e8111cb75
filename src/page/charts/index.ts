import './charts.css';
export { mountCells } from './mount-cells.js';
export { mountOverview } from './mount-overview.js';
export { mountPairs } from './mount-pairs.js';
export { mountSpectra } from './mount-spectra.js';
export { mountWorkers } from './mount-workers.js';
