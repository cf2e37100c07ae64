import { ActionIcon, Autocomplete, Button, MultiSelect, NumberInput, Select, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { IconPlus, IconTrash } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { wordAt } from '@house/parts/query.ts';
import { useSession } from '@house/session.tsx';
import { comparisonsOf, conditionsOf, fieldOf, fieldsOf, isNumeric, textOf, type About, type Comparison, type Condition } from './conditions.ts';
import { FindingList } from './FindingList.tsx';
import css from './Conditions.module.css';
import type { Finding } from './strategy.ts';
import en from './texts.en.ts';
import type { Offer, Offers } from './useOffers.ts';

interface Props {
  about: About;
  label: string;
  /** What no condition means: "All orders". */
  none: string;
  value: string;
  onChange: (text: string) => void;
  offers: Offers;
  findings: readonly Finding[] | undefined;
  isDisabled: boolean;
}

/** Conditions by fields, and the same as the text the server reads; each shows what the other says. */
export function ConditionsField({ about, label, none, value, onChange, offers, findings, isDisabled }: Props) {
  const t = useTexts(en);
  // A condition that is begun has no text yet, so the rows are kept here; when the text changes by itself they follow it.
  const [rows, setRows] = useState(() => ({ text: value, list: conditionsOf(value, about) }));
  const shown = rows.text === value ? rows.list : conditionsOf(value, about);
  const put = (list: Condition[]) => {
    const text = textOf(list);
    setRows({ text, list });
    onChange(text);
  };
  const list = shown ?? [];
  return (
    <fieldset className={css.field} disabled={isDisabled}>
      <legend>{label}</legend>
      {shown === null ? (
        <p className="sy-muted">{t('cond.byText')}</p>
      ) : (
        <>
          {list.length === 0 && <p className="sy-muted">{none}</p>}
          {list.length > 0 && (
            <ul className={css.rows} aria-label={label}>
              {list.map((c, i) => (
                <Row key={i} about={about} condition={c} offers={offers} isFirst={i === 0} onChange={(next) => put(list.with(i, next))} onRemove={() => put(list.toSpliced(i, 1))} />
              ))}
            </ul>
          )}
        </>
      )}
      <div className={css.ends}>
        {shown !== null && !isDisabled && (
          <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => put([...list, begun(about, list)])}>
            {t('cond.add')}
          </Button>
        )}
        <QueryText about={about} label={t('cond.textOf', { what: label })} value={value} onChange={onChange} offers={offers} isFaulty={findings?.some((f) => f.severity === 'error') ?? false} />
      </div>
      <FindingList findings={findings} />
    </fieldset>
  );
}

/** The next field that is not asked for yet. */
const begun = (about: About, list: Condition[]): Condition =>
  fitted(about)({ field: (fieldsOf[about].find((f) => !list.some((c) => c.field === f.name)) ?? fieldsOf[about][0]!).name, comparison: 'is', values: [] });

const fitted = (about: About) => (c: Condition): Condition => {
  const allowed = comparisonsOf(fieldOf(about, c.field));
  return allowed.includes(c.comparison) && !(c.values.length === 0 && isNumeric(fieldOf(about, c.field)) && c.comparison === 'is') ? c : { ...c, comparison: allowed[0]! };
};

interface RowProps {
  about: About;
  condition: Condition;
  offers: Offers;
  isFirst: boolean;
  onChange: (next: Condition) => void;
  onRemove: () => void;
}

function Row({ about, condition: c, offers, isFirst, onChange, onRemove }: RowProps) {
  const t = useTexts(en);
  const field = fieldOf(about, c.field);
  const name = t.maybe(`field.${about}.${c.field}`);
  return (
    <li className={css.row}>
      <span className={css.and} aria-hidden>{isFirst ? '' : t('cond.and')}</span>
      <Select
        aria-label={t('cond.field')}
        value={c.field}
        data={fieldsOf[about].map((f) => ({ value: f.name, label: t.maybe(`field.${about}.${f.name}`) }))}
        allowDeselect={false}
        onChange={(next) => next && next !== c.field && onChange(fitted(about)({ field: next, comparison: c.comparison, values: [] }))}
      />
      <Select
        aria-label={t('cond.comparison', { field: name })}
        value={c.comparison}
        data={comparisonsOf(field).map((x) => ({ value: x, label: t(`cond.${x}`) }))}
        allowDeselect={false}
        onChange={(next) => next && onChange({ ...c, comparison: next as Comparison, values: next === 'between' || !isNumeric(field) ? c.values : c.values.slice(0, 1) })}
      />
      <div className={css.value}>
        <Value about={about} condition={c} offers={offers} name={name} onChange={(values) => onChange({ ...c, values })} />
      </div>
      <ActionIcon className={css.out!} aria-label={t('cond.remove', { field: name })} onClick={onRemove}>
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </li>
  );
}

function Value({ about, condition: c, offers, name, onChange }: { about: About; condition: Condition; offers: Offers; name: string; onChange: (values: string[]) => void }) {
  const t = useTexts(en);
  const { session } = useSession();
  const field = fieldOf(about, c.field);
  if (isNumeric(field)) {
    const unit = field?.kind === 'money' ? (session.baseCurrency ?? '') : field?.unit ? t(`unit.${field.unit}`) : '';
    const number = (i: number, label: string) => (
      <NumberInput
        aria-label={label}
        value={c.values[i] ?? ''}
        hideControls
        suffix={unit ? ` ${unit}` : ''}
        onChange={(v) => onChange(Object.assign([...c.values], { [i]: String(v) }))}
      />
    );
    return c.comparison === 'between' ? (
      <span className={css.span}>
        {number(0, t('cond.from', { field: name }))}
        <span>{t('cond.to')}</span>
        {number(1, t('cond.upTo', { field: name }))}
      </span>
    ) : (
      number(0, t('cond.value', { field: name }))
    );
  }
  const closed = field?.values?.map((v) => ({ value: v, label: t.maybe(`value.${v}`) }));
  const offered: Offer[] = closed ?? (c.field in offers ? offers[c.field as keyof Offers] : []);
  const label = t('cond.value', { field: name });
  if (offered.length > 0)
    return (
      <MultiSelect
        aria-label={label}
        value={c.values}
        data={[...offered, ...c.values.filter((v) => !offered.some((o) => o.value === v)).map((v) => ({ value: v, label: v }))]}
        onChange={onChange}
        placeholder={c.values.length === 0 ? t('cond.choose') : ''}
        searchable
        hidePickedOptions
      />
    );
  return <TagsInput aria-label={label} value={c.values} onChange={onChange} placeholder={c.values.length === 0 ? t('cond.type') : ''} acceptValueOnBlur splitChars={[',', ';']} />;
}

/** The text with its names of fields and values offered while one types. */
function QueryText({ about, label, value, onChange, offers, isFaulty }: { about: About; label: string; value: string; onChange: (text: string) => void; offers: Offers; isFaulty: boolean }) {
  const t = useTexts(en);
  const word = wordAt(value, value.length);
  const typed = word.typed.toLowerCase();
  const field = word.field === null ? undefined : fieldOf(about, word.field);
  const hints =
    word.field === null
      ? fieldsOf[about].filter((f) => f.name.toLowerCase().startsWith(typed)).map((f) => ({ insert: `${f.name}:`, meaning: t.maybe(`field.${about}.${f.name}`) }))
      : (field?.values?.map((v) => ({ value: v, label: t.maybe(`value.${v}`) })) ?? (field && field.name in offers ? offers[field.name as keyof Offers] : []))
          .filter((o) => o.value.toLowerCase().startsWith(typed) && o.value.toLowerCase() !== typed)
          .map((o) => ({ insert: `${o.value} `, meaning: o.label === o.value ? '' : o.label }));
  const known = new Map(hints.slice(0, 12).map((h) => [value.slice(0, word.start) + h.insert, h]));
  return (
    <Autocomplete
      className={css.text}
      classNames={{ input: css.textInput! }}
      aria-label={label}
      placeholder={t(about === 'nodes' ? 'cond.textNodes' : about === 'lines' ? 'cond.textLines' : 'cond.text')}
      value={value}
      onChange={onChange}
      data={[...known.keys()]}
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <span className="sy-row">
          <span className="sy-strong">{known.get(option.value)?.insert.trim()}</span>
          <span className="sy-muted">{known.get(option.value)?.meaning}</span>
        </span>
      )}
      error={isFaulty}
      spellCheck={false}
      autoCapitalize="none"
      dir="ltr"
    />
  );
}
