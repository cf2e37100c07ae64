import { TagsInput } from '@mantine/core';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { BulkDialog } from '@house/parts/BulkDialog.tsx';
import type { Job } from '@house/parts/jobs.ts';
import type { Selection } from '@house/parts/useSelection.ts';
import en from './texts.en.ts';

export const tagActions = ['tag', 'untag'] as const;
export type TagAction = (typeof tagActions)[number];

/** The count asks with whole arguments; this stands in until the person has written theirs. */
const sample = ['x'];

/** Tags on many customers, or off them. */
export function TagCustomers({ action, selection, query, onClose }: { action: TagAction; selection: Selection; query: string; onClose: () => void }) {
  const t = useTexts(en);
  const [tags, setTags] = useState<string[]>([]);
  const chosen = selection.isAll ? { query } : { ids: [...selection.ids] };
  return (
    <BulkDialog
      title={t(`bulk.${action}.title`)}
      dryRunKey={['customers', action, chosen]}
      dryRun={async (signal) =>
        (await ask(api.POST('/api/v1/customers/bulk', { body: { action, ...chosen, dryRun: true, arguments: { tags: sample } }, signal }))) as unknown as Schema['BulkCustomersDryRun']
      }
      start={async () => (await ask(api.POST('/api/v1/customers/bulk', { body: { action, ...chosen, arguments: { tags } } }))) as unknown as Job}
      would={({ count: n, isExact }) => t(isExact ? 'bulk.would' : 'bulk.wouldMore', { n })}
      effect={t('bulk.effect')}
      go={(n) => t(`bulk.${action}.go`, { n })}
      undoable={(n) => t(`bulk.${action}.done`, { n })}
      isReady={tags.length > 0}
      selection={selection}
      onClose={onClose}
    >
      {(faults) => (
        <TagsInput
          label={t('tags')}
          description={t('bulk.hint')}
          value={tags}
          onChange={setTags}
          error={Object.entries(faults).find(([field]) => field.startsWith('arguments.tags'))?.[1]}
          maxTags={20}
          acceptValueOnBlur
          clearable
          data-autofocus
        />
      )}
    </BulkDialog>
  );
}
