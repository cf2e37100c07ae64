import { Bell } from './Bell.tsx';
import { JobsTray } from './JobsTray.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import { Stale } from './Stale.tsx';

/** What the header has at its end: fetched after the page, which does not need it. */
export default function HeaderEnd({ onKeys }: { onKeys: () => void }) {
  return (
    <>
      <Stale />
      <JobsTray />
      <Bell />
      <PersonMenu onKeys={onKeys} />
    </>
  );
}
