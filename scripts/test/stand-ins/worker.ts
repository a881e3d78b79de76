import { endInOrder, note } from './program.ts';

const working = setInterval(() => {}, 1_000);
endInOrder('worker', async () => clearInterval(working));
console.log(JSON.stringify({ msg: 'working' }));
note(`worker started ${process.pid}`);
process.send?.({ type: 'ready' });
