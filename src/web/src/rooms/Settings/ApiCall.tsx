import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { newKey } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { addressOf, exampleOf, type Call } from './openapi.ts';
import css from './Api.module.css';
import en from './texts.en.ts';

/** One call: what it needs, what it answers, and the call itself. */
export function ApiCall({ call }: { call: Call }) {
  const t = useTexts(en);
  const may = useMay();
  const { session } = useSession();
  const [given, setGiven] = useState<Record<string, string>>({});
  const [body, setBody] = useState(() => exampleOf(call.requestBody?.content));
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    head.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const isRead = call.method === 'GET';
  const send = useMutation({
    mutationFn: async () => {
      const headers: Record<string, string> = { Accept: 'application/json' };
      if (session.merchant) headers['Switchyard-Merchant'] = session.merchant;
      if (!isRead && session.antiforgeryToken) headers['Switchyard-Antiforgery'] = session.antiforgeryToken;
      if (call.method === 'POST') headers['Idempotency-Key'] = newKey();
      for (const p of call.parameters) if (p.in === 'header' && given[p.name]) headers[p.name] = given[p.name]!;
      const hasBody = call.requestBody !== undefined && body.trim() !== '';
      if (hasBody) headers['Content-Type'] = 'application/json';
      const answer = await fetch(addressOf(call, given), { method: call.method, headers, credentials: 'same-origin', ...(hasBody ? { body } : {}) });
      const text = await answer.text();
      return { status: answer.status, isFine: answer.ok, text: pretty(text) };
    },
  });
  const right = call['x-permission'];
  const isAllowed = !right?.includes(':') || may(right as `${string}:${string}`);
  const asked = call.parameters.filter((p) => p.in === 'path' || p.in === 'query' || p.name === 'If-Match');
  const success = Object.entries(call.responses ?? {}).find(([status]) => status.startsWith('2'));
  const answer = exampleOf(success?.[1].content);
  return (
    <div className="sy-stack">
      <div>
        <h2 className={css.title} ref={head}>
          {call.summary ?? call.operationId}
        </h2>
        <p>
          <span className={css.method}>{call.method}</span> <bdi className={css.path}>{call.path}</bdi>
        </p>
        {call.description && <p className={css.words}>{call.description}</p>}
        {right && <p className="sy-muted">{t('api.right', { right })}</p>}
      </div>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          send.mutate();
        }}
      >
        {asked.map((p) => (
          <TextInput key={p.name} label={p.name} description={p.description} required={p.in === 'path'} value={given[p.name] ?? ''} onChange={(e) => setGiven({ ...given, [p.name]: e.currentTarget.value })} />
        ))}
        {call.requestBody && <Textarea label={t('api.body')} value={body} onChange={(e) => setBody(e.currentTarget.value)} autosize minRows={4} maxRows={18} classNames={{ input: css.code ?? '' }} spellCheck={false} />}
        <div className="sy-row sy-row-wrap">
          <Button type="submit" loading={send.isPending} disabled={!isAllowed}>
            {t('api.send')}
          </Button>
          <span className="sy-muted">{!isAllowed ? t('api.noRight', { right: right ?? '' }) : isRead ? t('api.reads') : t('api.writes')}</span>
        </div>
      </form>
      <ProblemAlert error={send.error} />
      {send.data && (
        <div role="status">
          <p>
            <Status tone={send.data.isFine ? 'good' : 'bad'}>{String(send.data.status)}</Status>
          </p>
          <Textarea aria-label={t('api.answer')} readOnly value={send.data.text || t('api.empty')} autosize maxRows={24} classNames={{ input: css.code ?? '' }} spellCheck={false} />
        </div>
      )}
      {answer && (
        <Section title={t('api.example')} isSide>
          <Textarea aria-label={t('api.example')} readOnly value={answer} autosize maxRows={18} classNames={{ input: css.code ?? '' }} spellCheck={false} />
        </Section>
      )}
    </div>
  );
}

const most = 20_000;

function pretty(text: string): string {
  try {
    const told = JSON.stringify(JSON.parse(text), null, 2);
    return told.length > most ? `${told.slice(0, most)}\n…` : told;
  } catch {
    return text.slice(0, most);
  }
}
