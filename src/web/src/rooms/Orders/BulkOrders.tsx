import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { BulkDialog } from '@house/parts/BulkDialog.tsx';
import type { Job } from '@house/parts/jobs.ts';
import type { Selection } from '@house/parts/useSelection.ts';
import { argumentsOf, canUndo, emptyBulk, sampleArguments, type BulkAction, type BulkDraft } from './bulk.ts';
import { BulkFields } from './BulkFields.tsx';
import en from './texts.en.ts';

interface Props {
  action: BulkAction;
  /** Null: all that the query finds. */
  selection: Selection | null;
  query: string;
  onClose: (isDone: boolean) => void;
}

/** One thing to many orders. */
export function BulkOrders({ action, selection, query, onClose }: Props) {
  const t = useTexts(en);
  const [draft, setDraft] = useState<BulkDraft>(emptyBulk);
  const chosen = selection && !selection.isAll ? { ids: [...selection.ids] } : { query };
  const args = argumentsOf(action, draft);
  // A file of all orders there are needs no query; everything else wants one, so that nobody cancels the shop.
  const isWholeList = action === 'export' && 'query' in chosen;
  return (
    <BulkDialog
      title={t(`bulk.${action}.title`)}
      dryRunKey={['orders', action, chosen]}
      dryRun={async (signal) => {
        if (!isWholeList)
          return (await ask(api.POST('/api/v1/orders/bulk', { body: { action, ...chosen, dryRun: true, arguments: args ?? sampleArguments[action] }, signal }))) as unknown as Schema['BulkOrdersDryRun'];
        const { count } = await ask(api.GET('/api/v1/orders', { params: { query: { query: query || undefined, count: true, limit: 1, fields: 'number' } }, signal }));
        return { count: count?.count ?? 0, isExact: count?.isExact ?? false };
      }}
      start={async () =>
        isWholeList
          ? ask(api.POST('/api/v1/exports', { body: { list: 'orders', query: query || null, columns: draft.columns.length > 0 ? draft.columns : null, format: draft.format } }))
          : ((await ask(api.POST('/api/v1/orders/bulk', { body: { action, ...chosen, arguments: args } }))) as unknown as Job)
      }
      would={({ count: n, isExact }) => t(isExact ? 'bulk.would' : 'bulk.wouldMore', { n })}
      effect={t(`bulk.${action}.effect`)}
      go={(n) => t(`bulk.${action}.go`, { n })}
      undoable={canUndo(action) ? (n) => t(`bulk.${action}.done`, { n }) : undefined}
      isReady={args !== null}
      isDanger={action === 'cancel'}
      selection={selection}
      onClose={onClose}
    >
      {(faults) => <BulkFields action={action} draft={draft} faults={faults} set={(change) => setDraft((now) => ({ ...now, ...change }))} />}
    </BulkDialog>
  );
}
