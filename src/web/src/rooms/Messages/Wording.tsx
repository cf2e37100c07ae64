import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay } from '@house/session.tsx';
import { Row, Rows } from '@rooms/Settings/Frame.tsx';
import settingsCss from '@rooms/Settings/Settings.module.css';
import { MailPreview } from './MailPreview.tsx';
import css from './Messages.module.css';
import { languages, ownWords, templatesOptions } from './messages.ts';
import en from './texts.en.ts';

type Template = Schema['WriteMessageTemplateResponse'];
type Words = Record<string, Record<string, string>>;

/** How messages are worded, kind by kind. */
export function Wording() {
  const t = useTexts(en);
  const { data, error } = useQuery(templatesOptions);
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Section title={t('wording')}>
      <ProblemAlert error={error} />
      <Rows label={t('wording')}>
        {data?.data.map((k) => (
          <Row
            key={k.kind}
            name={t.maybe(`kind.${k.kind}`)}
            end={
              <Button size="compact-sm" variant="default" onClick={() => setOpen(k.kind)} aria-label={t('wording.of', { kind: t.maybe(`kind.${k.kind}`) })}>
                {t('wording.see')}
              </Button>
            }
          >
            {k.version === 0 ? t('wording.ours') : t('wording.version', { n: k.version })}
          </Row>
        ))}
      </Rows>
      {open && <WordingDialog key={open} kind={open} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function WordingDialog({ kind, onClose }: { kind: string; onClose: () => void }) {
  const t = useTexts(en);
  const { data, error } = useQuery({ queryKey: ['message-templates', kind], queryFn: ({ signal }) => ask(api.GET('/api/v1/message-templates/{kind}', { params: { path: { kind } }, signal })) });
  return (
    <Modal opened onClose={onClose} title={t.maybe(`kind.${kind}`)} size="min(1080px, 100%)" closeButtonProps={{ 'aria-label': t('close') }}>
      <ProblemAlert error={error} />
      {data && <WordingForm key={data.version} kind={kind} template={data} onClose={onClose} />}
    </Modal>
  );
}

function WordingForm({ kind, template, onClose }: { kind: string; template: Template; onClose: () => void }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const [language, setLanguage] = useState<(typeof languages)[number]>('en-GB');
  const [words, setWords] = useState<Words>(template.words as Words);
  const [text, setText] = useState(template.text);
  const [isLayout, setLayout] = useState(false);
  const [draft] = useDebouncedValue({ words, text, language }, 400);
  const preview = useQuery({
    queryKey: ['message-preview', kind, draft],
    queryFn: () => ask(api.POST('/api/v1/message-templates/{kind}/preview', { params: { path: { kind } }, body: draft })),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const done = async () => {
    await queries.invalidateQueries({ queryKey: ['message-templates'] });
    notify(t('saved'));
  };
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/message-templates/{kind}', { params: { path: { kind } }, body: { text, words, note: null } })),
    onSuccess: async () => {
      await done();
      onClose();
    },
  });
  const restore = useMutation({ mutationFn: () => ask(api.POST('/api/v1/message-templates/{kind}/restore', { params: { path: { kind } }, body: { version: 0 } })), onSuccess: done });
  const say = (key: string, said: string) => {
    const { [language]: _, ...others } = words[key] ?? {};
    const next = said === '' || said === template.usual[key]?.[language] ? others : { ...others, [language]: said };
    const { [key]: __, ...rest } = words;
    setWords(Object.keys(next).length > 0 ? { ...rest, [key]: next } : rest);
  };
  const mayWrite = may('settings:write');
  return (
    <form
      className={css.columns}
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate();
      }}
    >
      <div className={css.stack}>
        <Select label={t('language')} value={language} allowDeselect={false} onChange={(v) => setLanguage((v ?? 'en-GB') as typeof language)} data={languages.map((l) => ({ value: l, label: t.maybe(`language.${l}`) }))} data-autofocus />
        {ownWords(kind, Object.keys(template.usual)).map((key) => {
          const part = key.slice(kind.length + 1);
          const value = words[key]?.[language] ?? template.usual[key]?.[language] ?? '';
          return part.startsWith('lead') ? (
            <Textarea key={key} label={t.maybe(`part.${part}`)} value={value} onChange={(e) => say(key, e.currentTarget.value)} readOnly={!mayWrite} autosize minRows={2} />
          ) : (
            <TextInput key={key} label={t.maybe(`part.${part}`)} value={value} onChange={(e) => say(key, e.currentTarget.value)} readOnly={!mayWrite} />
          );
        })}
        <p className="sy-muted">{t('wording.places')}</p>
        <Button variant="subtle" size="compact-sm" aria-expanded={isLayout} onClick={() => setLayout(!isLayout)}>
          {t('wording.layout')}
        </Button>
        {isLayout && <Textarea label={t('wording.layout')} description={t('wording.layoutText')} value={text} onChange={(e) => setText(e.currentTarget.value)} readOnly={!mayWrite} autosize minRows={8} maxRows={20} spellCheck={false} />}
        <ProblemAlert error={save.error ?? restore.error} />
        <div className={settingsCss.buttons}>
          {mayWrite && template.version > 0 && (
            <Button variant="default" onClick={() => restore.mutate()} loading={restore.isPending}>
              {t('wording.restore')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('notNow')}
          </Button>
          {mayWrite && (
            <Button type="submit" loading={save.isPending}>
              {t('save')}
            </Button>
          )}
        </div>
      </div>
      <div className={css.stack}>
        <ProblemAlert error={preview.error} />
        {preview.data && (
          <>
            <strong dir="auto">{preview.data.subject}</strong>
            <MailPreview page={preview.data.page} label={t('preview')} />
          </>
        )}
      </div>
    </form>
  );
}
