import { Autocomplete } from '@mantine/core';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useColleagues } from '@house/useColleagues.ts';
import en from './texts.en.ts';

/** A colleague, found by the name they sign in with or the one they go by. */
export function UserField({ value, error, onChange }: { value: string; error?: string | undefined; onChange: (name: string) => void }) {
  const t = useTexts(en);
  const here = useColleagues().filter((c) => !c.isDisabled);
  const nameOf = new Map(here.map((c) => [c.userName, c.displayName]));
  return (
    <Autocomplete
      label={t('assignee.name')}
      description={t('assignee.hint')}
      value={value}
      onChange={onChange}
      error={error}
      data={[...nameOf.keys()]}
      filter={({ options, search }) => {
        const typed = search.trim().replace(/^@/, '').toLocaleLowerCase();
        return options.filter((o) => 'value' in o && `${o.value} ${nameOf.get(o.value) ?? ''}`.toLocaleLowerCase().includes(typed));
      }}
      renderOption={({ option }) => (
        <span>
          <bdi>{nameOf.get(option.value)}</bdi> <bdi className="sy-muted">{option.value}</bdi>
        </span>
      )}
      maxDropdownHeight={200}
      data-autofocus
    />
  );
}
