import { MultiSelect, NumberInput, Select, TagsInput, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import words from '@house/words/texts.en.ts';
import { holdKinds, releaseKinds, type BulkAction, type BulkDraft } from './bulk.ts';
import en from './texts.en.ts';
import { UserField } from './UserField.tsx';

interface Props {
  action: BulkAction;
  draft: BulkDraft;
  faults: Record<string, string>;
  set: (change: Partial<BulkDraft>) => void;
}

/** What an action on many orders needs to be told. */
export function BulkFields({ action, draft, faults, set }: Props) {
  const t = useTexts(en);
  const word = useTexts(words);
  const fault = (field: string) => faults[`arguments.${field}`];
  const withReason = action === 'hold' || action === 'releaseHold' || action === 'cancel' || action === 'priority';
  return (
    <>
      {(action === 'tag' || action === 'untag') && (
        <TagsInput label={t('tags')} description={t('tags.hint')} value={draft.tags} onChange={(tags) => set({ tags })} error={fault('tags')} data-autofocus maxTags={20} acceptValueOnBlur clearable />
      )}
      {(action === 'hold' || action === 'releaseHold') && (
        <Select
          label={t('hold.kind')}
          value={draft.kind}
          onChange={(kind) => set({ kind: kind ?? 'manual' })}
          allowDeselect={false}
          error={fault('kind')}
          data={(action === 'hold' ? holdKinds : releaseKinds).map((k) => ({ value: k, label: word.maybe(`hold.${k}`) }))}
        />
      )}
      {action === 'assign' && <UserField value={draft.assignee} error={fault('assignee')} onChange={(assignee) => set({ assignee })} />}
      {action === 'priority' && (
        <NumberInput
          label={t('change.priority')}
          description={t('priority.hint')}
          value={draft.priority ?? ''}
          min={-1000}
          max={1000}
          allowDecimal={false}
          error={fault('priority')}
          onChange={(v) => set({ priority: v === '' ? null : Number(v) })}
          data-autofocus
        />
      )}
      {withReason && (
        <Textarea
          label={t('reason')}
          value={draft.reason}
          onChange={(e) => set({ reason: e.currentTarget.value })}
          error={fault('reason')}
          maxLength={500}
          autosize
          minRows={2}
          required={action === 'hold'}
          withAsterisk={false}
        />
      )}
      {action === 'export' && <ExportFields draft={draft} fault={fault} set={set} />}
    </>
  );
}

function ExportFields({ draft, fault, set }: Pick<Props, 'draft' | 'set'> & { fault: (field: string) => string | undefined }) {
  const t = useTexts(en);
  const { data } = useQuery({
    queryKey: ['exports'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/exports', { signal })),
    staleTime: Infinity,
    retry: false,
  });
  const columns = data?.data.find((s) => s.list === 'orders')?.columns ?? [];
  return (
    <>
      <Select
        label={t('export.format')}
        value={draft.format}
        onChange={(v) => set({ format: v === 'ndjson' ? 'ndjson' : 'csv' })}
        allowDeselect={false}
        data={[
          { value: 'csv', label: t('export.csv') },
          { value: 'ndjson', label: t('export.ndjson') },
        ]}
      />
      <MultiSelect
        label={t('export.columns')}
        placeholder={draft.columns.length === 0 ? t('export.allColumns') : ''}
        value={draft.columns}
        onChange={(chosen) => set({ columns: chosen })}
        data={columns}
        error={fault('columns')}
        searchable
        clearable
        maxDropdownHeight={200}
      />
    </>
  );
}
