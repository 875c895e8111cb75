import './page.css';
import type { PageData } from '../model/page-data.js';

const source = document.getElementById('data');
const data = JSON.parse(source?.textContent ?? '{"runs":[]}') as PageData;
document.documentElement.dataset['runs'] = String(data.runs.length);
