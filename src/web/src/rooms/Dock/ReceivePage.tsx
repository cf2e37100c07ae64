import { useState } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Arrivals } from './Arrivals.tsx';
import { EntryView } from './EntryView.tsx';
import { FinishView, type Finished } from './FinishView.tsx';
import { Screen } from './Screen.tsx';
import { SheetView } from './SheetView.tsx';
import { useDock } from './useDock.ts';
import en from './texts.en.ts';

/** Goods-in on the handheld: choose a delivery, scan what came, say how many, and how it ended. */
export default function ReceivePage() {
  const t = useTexts(en);
  const dock = useDock();
  const [isEnding, setEnding] = useState(false);
  const [finished, setFinished] = useState<Finished | null>(null);
  return (
    <Screen title={t('receive')} dock={dock}>
      {(node) =>
        dock.sheet === null ? (
          <Arrivals dock={dock} node={node} finished={finished} onBegin={() => setFinished(null)} />
        ) : dock.sheet.entry !== null ? (
          <EntryView dock={dock} sheet={dock.sheet} entry={dock.sheet.entry} />
        ) : isEnding ? (
          <FinishView
            dock={dock}
            sheet={dock.sheet}
            onBack={() => setEnding(false)}
            onDone={(how) => {
              setEnding(false);
              setFinished(how);
            }}
          />
        ) : (
          <SheetView dock={dock} sheet={dock.sheet} onFinish={() => setEnding(true)} />
        )
      }
    </Screen>
  );
}
