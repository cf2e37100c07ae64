import { TagsInput } from '@mantine/core';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { BulkDialog } from '@house/parts/BulkDialog.tsx';
import type { Job } from '@house/parts/jobs.ts';
import type { Selection } from '@house/parts/useSelection.ts';
import en from './texts.en.ts';

export const bulkActions = ['tag', 'untag', 'activate', 'archive'] as const;
export type BulkAction = (typeof bulkActions)[number];

/** One thing to many products: tags, or whether they are on sale. */
export function BulkProducts({ action, selection, query, onClose }: { action: BulkAction; selection: Selection; query: string; onClose: () => void }) {
  const t = useTexts(en);
  const [tags, setTags] = useState<string[]>([]);
  const isTag = action === 'tag' || action === 'untag';
  const chosen = selection.isAll ? { query } : { skus: [...selection.ids] };
  return (
    <BulkDialog
      title={t(`bulk.${action}.title`)}
      dryRunKey={['products', action, chosen]}
      dryRun={async (signal) =>
        // It wants whole arguments: a tag stands in until the person has written theirs.
        (await ask(api.POST('/api/v1/products/bulk', { body: { action, ...chosen, dryRun: true, arguments: { tags: isTag ? ['x'] : [] } }, signal }))) as unknown as Schema['BulkProductsDryRun']
      }
      start={async () => (await ask(api.POST('/api/v1/products/bulk', { body: { action, ...chosen, arguments: { tags: isTag ? tags : [] } } }))) as unknown as Job}
      would={({ count: n, isExact }) => t(isExact ? 'bulk.would' : 'bulk.wouldMore', { n })}
      effect={t(`bulk.${action}.effect`)}
      go={(n) => t(`bulk.${action}.go`, { n })}
      undoable={(n) => t(`bulk.${action}.done`, { n })}
      isReady={!isTag || tags.length > 0}
      selection={selection}
      onClose={onClose}
    >
      {(faults) =>
        isTag && (
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
        )
      }
    </BulkDialog>
  );
}
