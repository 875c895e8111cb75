export { freeFiles as freeFileDescriptors } from '../observe/describe-machine.js';
