import { ActionIcon, Button, MultiSelect, NumberInput, Select, Switch, TextInput, Textarea } from '@mantine/core';
import { useId, useState, type DragEvent, type KeyboardEvent } from 'react';
import { IconChevronDown, IconChevronRight, IconChevronUp, IconCopy, IconTrash } from '@house/icons.ts';
import { FieldRows } from '@house/parts/FieldRows.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useSession } from '@house/session.tsx';
import { MoneyField } from '@rooms/Drafts/MoneyField.tsx';
import { ConditionsField } from './ConditionsField.tsx';
import { FindingList } from './FindingList.tsx';
import { summaryOf } from './scenarioWords.ts';
import css from './Scenario.module.css';
import { objectives, otherwises, weights, type Finding, type Objective, type Otherwise, type ScenarioDraft } from './strategy.ts';
import type { Offers } from './useOffers.ts';
import { useTeller } from './useTeller.ts';

interface Props {
  scenario: ScenarioDraft;
  index: number;
  count: number;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  onChange: (change: Partial<ScenarioDraft>) => void;
  onMove: (to: number) => void;
  onCopy: () => void;
  onRemove: () => void;
  drag: { isOver: boolean; onStart: () => void; onEnd: () => void; onDrop: () => void };
  findings: Map<string, Finding[]>;
  offers: Offers;
  isDisabled: boolean;
}

/** One scenario: folded it says in a line what it does, open it is a form from top to bottom in the order in which it is decided. */
export function ScenarioCard({ scenario: s, index, count, isOpen, onOpen, onChange, onMove, onCopy, onRemove, drag, findings, offers, isDisabled }: Props) {
  const tell = useTeller();
  const { t } = tell;
  const id = useId();
  const [isTarget, setTarget] = useState(false);
  // Only by the number at its beginning is it carried: in its fields text is marked by the pointer.
  const [isHeld, setHeld] = useState(false);
  // What nobody has begun to write is not wrong yet.
  const [isNamed, setNamed] = useState(s.name !== '');
  const isFresh = !isNamed && s.name === '';
  const name = s.name.trim() || t('unnamed', { n: index + 1 });
  const mine = [...findings]
    .filter(([place]) => place === String(index) || place.startsWith(`${index}.`))
    .filter(([place]) => !isFresh || place !== `${index}.name`)
    .flatMap(([, found]) => found);
  const errors = mine.filter((f) => f.severity === 'error').length;
  const at = (member: string) => findings.get(`${index}.${member}`);
  return (
    // Carrying by pointer is beside the buttons and keys that do the same.
    <li
      className={css.card}
      aria-label={name}
      data-target={(isTarget && drag.isOver) || undefined}
      data-scenario={index}
      {...(!isDisabled && {
        draggable: isHeld,
        onDragStart: drag.onStart,
        onDragEnd: () => {
          setTarget(false);
          setHeld(false);
          drag.onEnd();
        },
        onDragOver: (e: DragEvent) => {
          e.preventDefault();
          setTarget(true);
        },
        onDragLeave: () => setTarget(false),
        onDrop: (e: DragEvent) => {
          e.preventDefault();
          setTarget(false);
          drag.onDrop();
        },
        onKeyDown: (e: KeyboardEvent) => {
          if (!e.altKey || (e.key !== 'ArrowUp' && e.key !== 'ArrowDown')) return;
          e.preventDefault();
          onMove(index + (e.key === 'ArrowUp' ? -1 : 1));
        },
      })}
    >
      <div className={css.head}>
        <span className={css.place} data-carried={!isDisabled || undefined} title={isDisabled ? undefined : t('carry')} onPointerDown={() => setHeld(true)} onPointerUp={() => setHeld(false)}>
          {index + 1}
        </span>
        {!isDisabled && (
          <span className={css.moves}>
            <ActionIcon size={24} disabled={index === 0} aria-label={t('up', { name })} title={t('up', { name })} onClick={() => onMove(index - 1)}>
              <IconChevronUp size={14} aria-hidden />
            </ActionIcon>
            <ActionIcon size={24} disabled={index === count - 1} aria-label={t('down', { name })} title={t('down', { name })} onClick={() => onMove(index + 1)}>
              <IconChevronDown size={14} aria-hidden />
            </ActionIcon>
          </span>
        )}
        <button type="button" className={css.open} aria-expanded={isOpen} aria-controls={id} onClick={() => onOpen(!isOpen)}>
          <span className={css.names}>
            <strong dir="auto">{name}</strong>
            {mine.length > 0 && <Status tone={errors > 0 ? 'bad' : 'warn'}>{t('found', { n: mine.length })}</Status>}
          </span>
          {!isOpen && <span className={css.summary}>{summaryOf(s, tell).join(' · ')}</span>}
          {isOpen ? <IconChevronDown className={css.mark} aria-hidden /> : <IconChevronRight className={css.mark} aria-hidden />}
        </button>
      </div>
      <div id={id} className={css.body} hidden={!isOpen}>
        {isOpen && (
          <>
            <FindingList findings={findings.get(String(index))} />
            <div>
              <TextInput label={t('name')} description={t('scenario.name')} value={s.name} maxLength={100} disabled={isDisabled} onChange={(e) => onChange({ name: e.currentTarget.value })} onBlur={() => setNamed(true)} error={isFresh ? undefined : at('name')?.[0]?.detail} />
            </div>
            <ConditionsField about="orders" label={t('member.when')} none={t('allOrders')} value={s.when} onChange={(when) => onChange({ when })} offers={offers} findings={at('when')} isDisabled={isDisabled} />
            <Folded label={t('member.lines')} isUsed={s.lines !== '' || Boolean(at('lines'))}>
              <p className="sy-muted">{t('lines.text')}</p>
              <ConditionsField about="lines" label={t('member.lines')} none={t('allLines')} value={s.lines} onChange={(lines) => onChange({ lines })} offers={offers} findings={at('lines')} isDisabled={isDisabled} />
            </Folded>
            <ConditionsField about="nodes" label={t('member.nodes')} none={t('allNodes')} value={s.nodes} onChange={(nodes) => onChange({ nodes })} offers={offers} findings={at('nodes')} isDisabled={isDisabled} />
            <div>
              <MultiSelect
                label={t('member.services')}
                description={s.services.length === 0 ? t('allServices') : undefined}
                value={s.services}
                data={[...offers.service, ...s.services.filter((v) => !offers.service.some((o) => o.value === v)).map((v) => ({ value: v, label: v }))]}
                onChange={(services) => onChange({ services })}
                disabled={isDisabled}
                searchable
                hidePickedOptions
                clearable
                clearButtonProps={{ 'aria-label': t('clear') }}
              />
              <FindingList findings={at('services')} />
            </div>
            <Ranking scenario={s} onChange={onChange} findings={at('weights')} offers={offers} isDisabled={isDisabled} />
            <Splitting scenario={s} onChange={onChange} findings={at('split')} isDisabled={isDisabled} />
            <div className={css.fields}>
              <Select
                className={css.wide!}
                label={t('member.otherwise')}
                description={t(`otherwise.${s.otherwise}.text`)}
                value={s.otherwise}
                data={otherwises.map((o) => ({ value: o, label: t(`otherwise.${o}`) }))}
                allowDeselect={false}
                disabled={isDisabled}
                onChange={(v) => v && onChange({ otherwise: v as Otherwise })}
              />
              {(s.otherwise === 'hold' || s.otherwise === 'cancel' || s.reason !== '') && (
                <Textarea className={css.wide!} label={t('member.reason')} description={t('reason.text')} value={s.reason} maxLength={500} autosize disabled={isDisabled} onChange={(e) => onChange({ reason: e.currentTarget.value })} />
              )}
            </div>
            <FindingList findings={[...(at('otherwise') ?? []), ...(at('reason') ?? [])]} />
            {!isDisabled && (
              <div className={css.foot}>
                <Button variant="default" size="compact-sm" leftSection={<IconCopy size={14} aria-hidden />} onClick={onCopy}>{t('copy')}</Button>
                <Button variant="default" size="compact-sm" leftSection={<IconTrash size={14} aria-hidden />} disabled={count === 1} title={count === 1 ? t('removeLast') : undefined} onClick={onRemove}>{t('remove')}</Button>
              </div>
            )}
          </>
        )}
      </div>
    </li>
  );
}

function Folded({ label, isUsed, children }: { label: string; isUsed: boolean; children: React.ReactNode }) {
  return (
    <details className={css.folded} open={isUsed || undefined}>
      <summary>{label}</summary>
      {children}
    </details>
  );
}

interface PartProps {
  scenario: ScenarioDraft;
  onChange: (change: Partial<ScenarioDraft>) => void;
  findings: Finding[] | undefined;
  isDisabled: boolean;
}

/** What is best: by what it is chosen, and what counts beside money, as money and with its unit. */
function Ranking({ scenario: s, onChange, findings, offers, isDisabled }: PartProps & { offers: Offers }) {
  const { t } = useTeller();
  const { session } = useSession();
  const currency = session.baseCurrency ?? 'GBP';
  return (
    <fieldset className={css.part} disabled={isDisabled}>
      <legend>{t('ranking')}</legend>
      <div className={css.fields}>
        <Select
          className={css.wide!}
          label={t('member.objective')}
          description={t(`objective.${s.objective}.text`)}
          value={s.objective}
          data={objectives.map((o) => ({ value: o, label: t(`objective.${o}`) }))}
          allowDeselect={false}
          onChange={(v) => v && onChange({ objective: v as Objective })}
        />
        {weights.map((w) => (
          <MoneyField key={w} label={t(`weight.${w}`)} description={t(`weight.${w}.text`)} currency={currency} value={s.weights[w] === 0 ? null : s.weights[w]} onChange={(minor) => onChange({ weights: { ...s.weights, [w]: minor ?? 0 } })} />
        ))}
        {(offers.ranker.length > 0 || s.ranker !== '') && (
          <>
            <Select label={t('member.ranker')} description={t('ranker.text')} value={s.ranker || null} placeholder={t('now.none')} data={[...offers.ranker, ...(s.ranker && !offers.ranker.some((o) => o.value === s.ranker) ? [{ value: s.ranker, label: s.ranker }] : [])]} clearable clearButtonProps={{ 'aria-label': t('clear') }} onChange={(v) => onChange({ ranker: v ?? '', ...(v ? {} : { rankerMinor: 0 }) })} />
            {s.ranker !== '' && <MoneyField label={t('member.rankerMinor')} description={t('rankerMinor.text')} currency={currency} value={s.rankerMinor === 0 ? null : s.rankerMinor} onChange={(minor) => onChange({ rankerMinor: minor ?? 0 })} />}
          </>
        )}
        <NumberInput label={t('member.costPercent')} description={t('costPercent.text')} value={s.costPercent ?? ''} placeholder="100" min={0} max={1000} allowDecimal={false} suffix=" %" hideControls onChange={(v) => onChange({ costPercent: v === '' ? null : Number(v) })} />
      </div>
      <details className={css.folded} open={s.nodePrices.length > 0 || undefined}>
        <summary>{t('member.nodePrices')}</summary>
        <p className="sy-muted">{t('nodePrices.text')}</p>
        <FieldRows label={t('member.nodePrices')} rows={s.nodePrices} onRows={(nodePrices) => onChange({ nodePrices })} fresh={{ node: '', minor: 0 }} add={t('nodePrices.add')} remove={(row) => t('nodePrices.remove', { node: row.node })}>
          {(row, set) => (
            <>
              <Select aria-label={t('node')} placeholder={t('node')} value={row.node || null} data={[...offers.code, ...(row.node && !offers.code.some((o) => o.value === row.node) ? [{ value: row.node, label: row.node }] : [])]} searchable allowDeselect={false} onChange={(v) => v && set({ node: v })} />
              <MoneyField label={t('nodePrices.price', { node: row.node })} hideLabel isSigned currency={currency} value={row.minor === 0 ? null : row.minor} onChange={(minor) => set({ minor: minor ?? 0 })} />
            </>
          )}
        </FieldRows>
      </details>
      <FindingList findings={findings} />
    </fieldset>
  );
}

/** Whether an order may go in several parcels. */
function Splitting({ scenario: s, onChange, findings, isDisabled }: PartProps) {
  const { t } = useTeller();
  const { session } = useSession();
  const currency = session.baseCurrency ?? 'GBP';
  return (
    <fieldset className={css.part} disabled={isDisabled}>
      <legend>{t('splitting')}</legend>
      <div className={css.fields}>
        <NumberInput label={t('member.most')} description={t('most.text')} value={s.most ?? ''} placeholder={t('noLimit')} min={1} max={99} allowDecimal={false} onChange={(v) => onChange({ most: v === '' ? null : Number(v) })} />
        <MoneyField label={t('member.neverBelow')} description={t('neverBelow.text')} currency={currency} value={s.neverBelow} onChange={(neverBelow) => onChange({ neverBelow })} />
        <MoneyField label={t('member.mostExtra')} description={t('mostExtra.text')} currency={currency} value={s.mostExtra} onChange={(mostExtra) => onChange({ mostExtra })} />
        <Switch className={css.switch!} label={t('member.isWhole')} description={t('isWhole.text')} checked={s.isWhole} onChange={(e) => onChange({ isWhole: e.currentTarget.checked })} />
      </div>
      <FindingList findings={findings} />
    </fieldset>
  );
}
