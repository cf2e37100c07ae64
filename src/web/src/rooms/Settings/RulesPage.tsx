import { ActionIcon, Button, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { IconChevronDown, IconChevronUp } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import words from '@house/words/texts.en.ts';
import { FormDialog } from './FormDialog.tsx';
import { Frame, Row, Rows } from './Frame.tsx';
import { bodyOf, moved, ruleName, rulesOptions, writeRule, type Rule } from './holdRules.ts';
import { RuleDialog } from './RuleDialog.tsx';
import css from './Settings.module.css';
import en from './texts.en.ts';

/** Which orders are held before they go to work, and what the rules say of one order. */
export default function RulesPage() {
  const t = useTexts(en);
  const word = useTexts(words);
  const may = useMay();
  // Whoever sees no amounts would write rules back without theirs.
  const mayWrite = may('settings:write') && may('prices:read');
  const queries = useQueryClient();
  const rules = useQuery(rulesOptions);
  const [dialog, setDialog] = useState<{ kind: 'new' } | { kind: 'change' | 'remove'; rule: Rule } | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [told, setTold] = useState('');
  const close = () => setDialog(null);
  const fresh = () => queries.invalidateQueries({ queryKey: ['hold-rules'] });
  const list = rules.data?.data ?? [];
  const turn = useMutation({
    mutationFn: ({ rule, isActive }: { rule: Rule; isActive: boolean }) => writeRule(rule.code, bodyOf(rule, { isActive }), rule.version),
    onSuccess: async (rule) => {
      await fresh();
      notify(t(rule.isActive ? 'rules.turnedOn' : 'rules.turnedOff', { name: nameOf(rule) }));
    },
  });
  const move = useMutation({
    mutationFn: async ({ code, to }: { code: string; to: number }) => {
      for (const [of, position] of moved(list, code, to)) {
        const rule = list.find((r) => r.code === of)!;
        await writeRule(of, bodyOf(rule, { position }), rule.version);
      }
    },
    onSuccess: async (_, { code, to }) => {
      await fresh();
      setTold(t('rules.moved', { name: nameOf(list.find((r) => r.code === code)!), n: to + 1, count: list.length }));
    },
    onError: () => void fresh(),
  });
  const go = (code: string, to: number) => {
    if (to >= 0 && to < list.length && !move.isPending && list[to]?.code !== code) move.mutate({ code, to });
  };
  const nameOf = (rule: Rule) => ruleName(rule, word);
  return (
    <Frame section="rules" error={rules.error ?? turn.error ?? move.error} actions={mayWrite && rules.data && <Button onClick={() => setDialog({ kind: 'new' })}>{t('rules.new')}</Button>}>
      <p className={css.about}>{t(mayWrite ? 'rules.order' : 'rules.orderOnly')}</p>
      <span className="sy-hidden" role="status">{told}</span>
      <Rows label={t('rules')}>
        {list.map((rule, i) => (
          <Row
            key={rule.code}
            start={
              mayWrite && (
                <span className={css.places}>
                  <ActionIcon size={24} disabled={i === 0} aria-label={t('rules.up', { name: nameOf(rule) })} title={t('rules.up', { name: nameOf(rule) })} onClick={() => go(rule.code, i - 1)}>
                    <IconChevronUp size={14} aria-hidden />
                  </ActionIcon>
                  <ActionIcon size={24} disabled={i === list.length - 1} aria-label={t('rules.down', { name: nameOf(rule) })} title={t('rules.down', { name: nameOf(rule) })} onClick={() => go(rule.code, i + 1)}>
                    <IconChevronDown size={14} aria-hidden />
                  </ActionIcon>
                </span>
              )
            }
            drag={
              mayWrite
                ? {
                    isOver: dragged !== null && dragged !== rule.code,
                    onStart: () => setDragged(rule.code),
                    onEnd: () => setDragged(null),
                    onDrop: () => {
                      if (dragged) go(dragged, i);
                      setDragged(null);
                    },
                    onKey: (by) => go(rule.code, i + by),
                  }
                : undefined
            }
            name={word.maybe(`hold.${rule.kind}`)}
            beside={rule.code !== rule.kind && <bdi className="sy-code sy-muted">{rule.code}</bdi>}
            end={
              <>
                {mayWrite && (
                  <>
                    <Button size="compact-sm" variant="default" aria-label={t('rules.change', { name: nameOf(rule) })} onClick={() => setDialog({ kind: 'change', rule })}>
                      {t('change')}
                    </Button>
                    {(!rule.isOfTheHouse || rule.version > 0) && (
                      <Button size="compact-sm" variant="default" aria-label={t(rule.isOfTheHouse ? 'rules.resetThis' : 'rules.removeThis', { name: nameOf(rule) })} onClick={() => setDialog({ kind: 'remove', rule })}>
                        {t(rule.isOfTheHouse ? 'rules.reset' : 'delete')}
                      </Button>
                    )}
                  </>
                )}
                <Switch aria-label={t('rules.isOn', { name: nameOf(rule) })} checked={rule.isActive} disabled={!mayWrite || turn.isPending} onChange={(e) => turn.mutate({ rule, isActive: e.currentTarget.checked })} />
              </>
            }
          >
            {rule.isOfTheHouse ? t(rule.version > 0 ? 'rules.changed' : 'roles.builtIn') : t('rules.own')}
            {rule.settings?.withinMinutes && ` · ${t('rules.within', { n: rule.settings.withinMinutes })}`}
            {rule.settings?.limit != null && ` · ${t('rules.above', { n: rule.settings.limit })}`}
            {rule.when && ` · ${t('rules.some')}`}
            {rule.reason && ` · ${rule.reason}`}
            {rule.owner && ` · ${t('rules.owner', { who: rule.owner })}`}
            {rule.isFinal && ` · ${t('rules.final')}`}
          </Row>
        ))}
      </Rows>
      {may('orders:read') && <TryRules />}
      {dialog?.kind === 'new' && <RuleDialog rule={null} last={Math.max(0, ...list.map((r) => r.position))} onClose={close} />}
      {dialog?.kind === 'change' && <RuleDialog rule={dialog.rule} last={0} onClose={close} />}
      {dialog?.kind === 'remove' && <RemoveRule rule={dialog.rule} onClose={close} />}
    </Frame>
  );
}

function RemoveRule({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const t = useTexts(en);
  const name = ruleName(rule, useTexts(words));
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/hold-rules/{code}', { params: { path: { code: rule.code } }, headers: ifMatch(rule.version) })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['hold-rules'] });
      notify(t(rule.isOfTheHouse ? 'rules.wasReset' : 'rules.removed', { name }), rule.isOfTheHouse ? undefined : () => writeRule(rule.code, bodyOf(rule), 0).then(() => queries.invalidateQueries({ queryKey: ['hold-rules'] })));
      onClose();
    },
  });
  return (
    <FormDialog title={t(rule.isOfTheHouse ? 'rules.resetThis' : 'rules.removeThis', { name })} confirm={t(rule.isOfTheHouse ? 'rules.reset' : 'delete')} isDanger onClose={onClose} onSubmit={() => remove.mutate()} isPending={remove.isPending} error={remove.error}>
      <p>{t(rule.isOfTheHouse ? 'rules.resetText' : 'rules.removeText')}</p>
    </FormDialog>
  );
}

const tones: Record<string, Tone> = { holds: 'hold', passes: 'good' };

/** What the rules would say of an order that is there, without doing anything to it. */
function TryRules() {
  const t = useTexts(en);
  const word = useTexts(words);
  const [number, setNumber] = useState('');
  const attempt = useMutation({
    mutationFn: async () => {
      const wanted = number.trim().replace(/^#/, '');
      const found = await ask(api.GET('/api/v1/orders', { params: { query: { query: `number:${wanted}`, limit: 1 } } }));
      const order = found.data[0];
      return order ? ask(api.POST('/api/v1/hold-rules/try', { body: { orderId: order.id } })) : null;
    },
  });
  const answer = attempt.data;
  return (
    <Section title={t('rules.try')}>
      <p className={css.about}>{t('rules.tryText')}</p>
      <form
        className="sy-row"
        onSubmit={(e) => {
          e.preventDefault();
          attempt.mutate();
        }}
      >
        <TextInput aria-label={t('rules.number')} placeholder={t('rules.number')} required value={number} onChange={(e) => setNumber(e.currentTarget.value)} />
        <Button type="submit" variant="default" loading={attempt.isPending}>
          {t('rules.go')}
        </Button>
      </form>
      <ProblemAlert error={attempt.error} />
      {answer === null && <p role="status">{t('rules.noOrder')}</p>}
      {answer && (
        <>
          <p role="status">
            <Status tone={answer.wouldBeHeld ? 'hold' : 'good'}>{answer.wouldBeHeld ? t('rules.held') : t('rules.free')}</Status>
          </p>
          <Rows label={t('rules.try')}>
            {answer.verdicts.map((v) => (
              <Row key={v.rule} name={word.maybe(`hold.${v.kind}`)} beside={<Status tone={tones[v.outcome] ?? 'neutral'}>{t.maybe(`rules.outcome.${v.outcome}`)}</Status>}>
                {[...v.holds.filter(() => !v.signals).map((h) => h.reason), ...(v.signals ?? []).map((s) => t('signal.seen', { signal: t.maybe(`signal.${s.signal}`), n: s.weight }))].join(' · ')}
                {v.score !== null && v.limit !== null && ` ${t('rules.score', { score: v.score, limit: v.limit })}`}
              </Row>
            ))}
          </Rows>
        </>
      )}
    </Section>
  );
}
