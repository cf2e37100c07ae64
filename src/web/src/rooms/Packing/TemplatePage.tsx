import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import { Frame } from '@rooms/Settings/Frame.tsx';
import settings from '@rooms/Settings/Settings.module.css';
import css from './Templates.module.css';
import en from './texts.en.ts';

type Template = Schema['WriteTemplateResponse'];
const languages = ['en-GB', 'en-US', 'de', 'fr', 'es'] as const;

const templateOptions = (kind: string, version?: number) => ({
  queryKey: ['document-templates', kind, version ?? 'used'],
  queryFn: ({ signal }: { signal: AbortSignal }) => ask(api.GET('/api/v1/document-templates/{kind}', { params: { path: { kind }, query: version === undefined ? {} : { version } }, signal })),
});

/** One kind of paper: its text, what it prints, and the versions there were. */
export default function TemplatePage() {
  const t = useTexts(en);
  const { kind = '' } = useParams({ strict: false });
  const [shown, setShown] = useState<number | undefined>(undefined);
  const found = useQuery(templateOptions(kind, shown));
  if (found.error instanceof ApiError && found.error.status === 404) return <EmptyState kind="nothing" isPage title={t('templates.unknown')} action={<Link to="/settings/documents">{t('templates.back')}</Link>} />;
  return (
    <Frame section="documents" error={found.error}>
      <div className="sy-row sy-row-wrap">
        <Link to="/settings/documents">{t('templates.back')}</Link>
      </div>
      {found.data && <Editor key={`${found.data.kind}-${found.data.version}-${found.data.used}`} template={found.data} onShow={setShown} />}
    </Frame>
  );
}

function Editor({ template, onShow }: { template: Template; onShow: (version: number | undefined) => void }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const actorName = useActorName();
  const { language: own } = useSpeech();
  const [text, setText] = useState(template.text);
  const [note, setNote] = useState('');
  const [language, setLanguage] = useState<string>(own === 'pseudo' ? 'en-GB' : own);
  const [picture, setPicture] = useState<{ url: string; of: string } | null>(null);
  const mayWrite = may('settings:write');
  const refresh = () => queries.invalidateQueries({ queryKey: ['document-templates'] });

  const preview = useMutation({
    mutationFn: async ({ format }: { format: 'png' | 'pdf' }) => {
      const body = { text, words: template.words, language: language as 'de', format };
      const file = (await ask(api.POST('/api/v1/document-templates/{kind}/preview', { params: { path: { kind: template.kind } }, body, parseAs: 'blob' }))) as unknown as Blob;
      return { url: URL.createObjectURL(file), format, of: text + language };
    },
    onSuccess: ({ url, format, of }) => {
      if (format === 'pdf') window.open(url, '_blank', 'noopener');
      else setPicture({ url, of });
    },
  });
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/document-templates/{kind}', { params: { path: { kind: template.kind } }, body: { text, words: template.words, note: note.trim() || null } })),
    onSuccess: async (saved) => {
      onShow(undefined);
      await refresh();
      notify(t('templates.saved', { n: saved.used }));
    },
  });
  const restore = useMutation({
    mutationFn: (version: number) => ask(api.POST('/api/v1/document-templates/{kind}/restore', { params: { path: { kind: template.kind } }, body: { version } })),
    onSuccess: async (saved) => {
      onShow(undefined);
      await refresh();
      notify(saved.used === 0 ? t('templates.isHouse') : t('templates.isUsed', { n: saved.used }));
    },
  });

  // The picture is made as the page opens; after that when it is asked for, so that half a sentence is not told to be wrong.
  const draw = preview.mutate;
  useEffect(() => draw({ format: 'png' }), [draw, language]);
  useEffect(() => () => { if (picture) URL.revokeObjectURL(picture.url); }, [picture]);

  const name = t.maybe(`kind.${template.kind}`);
  const isStale = picture !== null && picture.of !== text + language;
  return (
    <>
      <div className="sy-row sy-row-wrap sy-spread">
        <h2 className="sy-row sy-row-wrap">
          {name}
          <Status tone={template.version === template.used ? 'good' : 'neutral'}>{template.version === 0 ? t('templates.house') : t('templates.version', { n: template.version })}{template.version === template.used ? ` · ${t('templates.inUse')}` : ''}</Status>
        </h2>
        {mayWrite && template.used !== 0 && (
          <Button variant="default" loading={restore.isPending} onClick={() => restore.mutate(0)}>
            {t('templates.reset')}
          </Button>
        )}
      </div>
      <div className={css.editor}>
        <form
          className="sy-stack"
          onSubmit={(e) => {
            e.preventDefault();
            save.mutate();
          }}
        >
          <Textarea label={t('templates.text')} description={t('templates.textText')} value={text} onChange={(e) => setText(e.currentTarget.value)} readOnly={!mayWrite} rows={24} spellCheck={false} dir="ltr" className={css.text!} error={save.error instanceof ApiError && save.error.code === 'documents.template_faulty' ? save.error.message : undefined} />
          <ProblemAlert error={save.error} shown={['/text']} what={save.error ? t('templates.notSaved') : undefined} />
          {mayWrite && (
            <div className={css.bar}>
              <TextInput label={t('templates.note')} description={t('templates.noteText')} value={note} onChange={(e) => setNote(e.currentTarget.value)} maxLength={200} className="sy-grow" />
              <Button type="submit" loading={save.isPending} disabled={text.trim() === '' || (text === template.text && template.version === template.used)}>
                {t('templates.publish')}
              </Button>
            </div>
          )}
        </form>
        <div className={css.side}>
          <Section title={t('templates.preview')}>
            <div className="sy-stack">
              <div className={css.bar}>
                <NativeSelect label={t('templates.language')} value={language} onChange={(e) => setLanguage(e.currentTarget.value)} data={languages.map((l) => ({ value: l, label: t(`language.${l}`) }))} />
                <Button variant="default" loading={preview.isPending && preview.variables?.format === 'png'} onClick={() => preview.mutate({ format: 'png' })}>
                  {t('templates.draw')}
                </Button>
                <Button variant="default" loading={preview.isPending && preview.variables?.format === 'pdf'} onClick={() => preview.mutate({ format: 'pdf' })}>
                  {t('templates.pdf')}
                </Button>
              </div>
              <ProblemAlert error={preview.error} what={preview.error ? t('templates.notDrawn') : undefined} />
              <div className={css.preview} data-stale={isStale || undefined} aria-busy={preview.isPending}>
                {picture && <img src={picture.url} alt={t('templates.pictureOf', { what: name })} />}
              </div>
              <p className="sy-meta" role="status">{isStale ? t('templates.stale') : t('templates.sample')}</p>
            </div>
          </Section>
          <Section title={t('templates.versions')}>
            <ul className={css.versions} aria-label={t('templates.versions')}>
              {[...template.versions, { version: 0, note: '', by: '', at: '' }].map((v) => (
                <li key={v.version} className={css.version}>
                  <span className="sy-strong">{v.version === 0 ? t('templates.house') : t('templates.version', { n: v.version })}</span>
                  {v.version === template.used && <Status tone="good" isPlain>{t('templates.inUse')}</Status>}
                  <span className="sy-grow sy-meta" dir="auto">
                    {v.version === 0 ? t('templates.houseText') : <>{v.note && <>{v.note} · </>}{actorName(v.by)} · <When at={v.at} /></>}
                  </span>
                  <span className={settings.end}>
                    {v.version !== template.version && (
                      <Button size="compact-sm" variant="subtle" onClick={() => onShow(v.version)} aria-label={t('templates.showOf', { n: v.version })}>
                        {t('templates.show')}
                      </Button>
                    )}
                    {mayWrite && v.version !== template.used && (
                      <Button size="compact-sm" variant="default" loading={restore.isPending && restore.variables === v.version} onClick={() => restore.mutate(v.version)} aria-label={t('templates.useOf', { n: v.version })}>
                        {t('templates.use')}
                      </Button>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          </Section>
        </div>
      </div>
    </>
  );
}
