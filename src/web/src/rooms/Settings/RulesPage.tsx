import { Button, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch, type Schema } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import words from '@house/words/texts.en.ts';
import { Frame, Row, Rows } from './Frame.tsx';
import css from './Settings.module.css';
import en from './texts.en.ts';

type Rule = Schema['WriteHoldRuleResponse'];

/** Which orders are held before they go to work, and what the rules say of one order. */
export default function RulesPage() {
  const t = useTexts(en);
  const word = useTexts(words);
  const may = useMay();
  const queries = useQueryClient();
  const rules = useQuery({ queryKey: ['hold-rules'], queryFn: ({ signal }) => ask(api.GET('/api/v1/hold-rules', { signal })) });
  const turn = useMutation({
    mutationFn: ({ rule, isActive }: { rule: Rule; isActive: boolean }) => {
      const { kind, position, when, settings, reason, scope, owner, permission, expiresAfterMinutes, escalateAfterMinutes, isFinal } = rule;
      const body = { kind, position, isActive, when, settings, reason, scope, owner, permission, expiresAfterMinutes, escalateAfterMinutes, isFinal } as Schema['WriteHoldRuleRequest'];
      return ask(api.PUT('/api/v1/hold-rules/{code}', { params: { path: { code: rule.code } }, body, ...(rule.version > 0 ? { headers: ifMatch(rule.version) } : {}) }));
    },
    onSuccess: async (rule) => {
      await queries.invalidateQueries({ queryKey: ['hold-rules'] });
      notify(t(rule.isActive ? 'rules.turnedOn' : 'rules.turnedOff', { name: rule.code }));
    },
  });
  return (
    <Frame section="rules" error={rules.error ?? turn.error}>
      <Rows label={t('rules')}>
        {rules.data?.data.map((rule) => (
          <Row
            key={rule.code}
            name={word.maybe(`hold.${rule.kind}`)}
            beside={rule.code !== rule.kind && <bdi className="sy-code sy-muted">{rule.code}</bdi>}
            end={<Switch aria-label={t('rules.isOn', { name: rule.code })} checked={rule.isActive} disabled={!may('settings:write') || turn.isPending} onChange={(e) => turn.mutate({ rule, isActive: e.currentTarget.checked })} />}
          >
            {rule.isOfTheHouse ? t('roles.builtIn') : t('rules.own')}
            {rule.reason && ` · ${rule.reason}`}
            {rule.owner && ` · ${t('rules.owner', { who: rule.owner })}`}
            {rule.isFinal && ` · ${t('rules.final')}`}
          </Row>
        ))}
      </Rows>
      {may('orders:read') && <TryRules />}
    </Frame>
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
                {[...v.holds.map((h) => h.reason), ...(v.signals ?? []).map((s) => s.says)].join(' ')}
                {v.score !== null && v.limit !== null && ` ${t('rules.score', { score: v.score, limit: v.limit })}`}
              </Row>
            ))}
          </Rows>
        </>
      )}
    </Section>
  );
}
