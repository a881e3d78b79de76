import { useKnownState } from '../lib/hooks.ts';
import { ActivityList } from './activity-list.tsx';
import { FolderList } from './folder-list.tsx';
import { LoginAgain } from './login-again.tsx';
import { ProblemList } from './problem-list.tsx';
import { StatusHero } from './status-hero.tsx';
import { TransferList } from './transfer-list.tsx';
import { UpdateNote } from './update-note.tsx';

export function Home() {
  const state = useKnownState();
  return (
    <div className="page">
      <StatusHero state={state} />
      <UpdateNote />
      {state.needsLogin && state.account !== null ? <LoginAgain email={state.account.email} /> : null}
      <ProblemList problems={state.problems} count={state.problemCount} />
      <TransferList transfers={state.transfers} count={state.transferCount} />
      <FolderList folders={state.folders} />
      <ActivityList activity={state.activity} />
    </div>
  );
}
