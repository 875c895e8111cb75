export {
  refuseExisting as refuseToReplace,
  writeScenarioFile as keepScenario,
} from '../store/scenario-file.js';
