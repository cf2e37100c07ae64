import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { ApiCall } from './ApiCall.tsx';
import { Frame } from './Frame.tsx';
import { callsOf, type Document } from './openapi.ts';
import css from './Api.module.css';
import en from './texts.en.ts';

/** The API as the server itself describes it; every call can be tried as the person who is signed in. */
export default function ApiPage() {
  const t = useTexts(en);
  const [url, setUrl] = useUrlState();
  const [wanted, setWanted] = useState('');
  const { data, error } = useQuery({
    queryKey: ['openapi'],
    queryFn: async ({ signal }) => {
      const answer = await fetch('/openapi/v1.json', { signal });
      if (!answer.ok) throw new Error(t('api.notRead', { status: String(answer.status) }));
      return callsOf((await answer.json()) as Document);
    },
    staleTime: Infinity,
  });
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const found = (data ?? [])
    .map(([tag, calls]) => [tag, calls.filter((c) => words.every((w) => `${tag} ${c.method} ${c.path} ${c.operationId} ${c.summary ?? ''}`.toLowerCase().includes(w)))] as const)
    .filter(([, calls]) => calls.length > 0);
  const open = data?.flatMap(([, calls]) => calls).find((c) => c.operationId === url['call']);
  return (
    <Frame
      section="api"
      error={error}
      actions={
        <Button component="a" href="/openapi/v1.json" target="_blank" rel="noreferrer" variant="default">
          {t('api.document')}
        </Button>
      }
    >
      <TextInput type="search" label={t('api.search')} placeholder={t('api.searchFor')} value={wanted} onChange={(e) => setWanted(e.currentTarget.value)} className={css.search} />
      {data && found.length === 0 && <EmptyState kind="nothing" title={t('api.none')} />}
      <div className={css.api}>
        <nav className={css.calls} aria-label={t('api.calls')}>
          {found.map(([tag, calls]) => (
            <details key={tag} open={words.length > 0 || calls.includes(open!) || undefined}>
              <summary>
                {tag} <span className="sy-muted">{calls.length}</span>
              </summary>
              <ul>
                {calls.map((c) => (
                  <li key={c.operationId}>
                    <button type="button" className={css.call} aria-current={c === open ? 'true' : undefined} onClick={() => setUrl({ call: c.operationId }, true)}>
                      <span className={css.method}>{c.method}</span>
                      <span className="sy-grow">
                        {c.summary ?? c.operationId}
                        <bdi className={css.path}>{c.path}</bdi>
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </details>
          ))}
        </nav>
        <div className={css.shown}>{open ? <ApiCall key={open.operationId} call={open} /> : data && <p className="sy-muted">{t('api.choose')}</p>}</div>
      </div>
    </Frame>
  );
}
