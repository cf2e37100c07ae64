import { Button, Checkbox, Modal, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, ifMatch, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import { Frame, Row, Rows } from './Frame.tsx';
import en from './texts.en.ts';

type Folder = Schema['FileDropView'];
const tones: Record<Schema['DroppedFileView']['state'], Tone> = { running: 'progress', done: 'good', failed: 'bad' };

/** Folders from which files are imported by themselves, and what became of the files. */
export default function FoldersPage() {
  const t = useTexts(en);
  const queries = useQueryClient();
  const mayWrite = useMay()('settings:write');
  const [dialog, setDialog] = useState<{ kind: 'edit'; folder: Folder | null } | { kind: 'files'; folder: Folder } | null>(null);
  const folders = useQuery({ queryKey: ['file-drops'], queryFn: ({ signal }) => ask(api.GET('/api/v1/file-drops', { signal })) });
  const fresh = () => queries.invalidateQueries({ queryKey: ['file-drops'] });
  const remove = useMutation({
    mutationFn: (f: Folder) => ask(api.DELETE('/api/v1/file-drops/{code}', { params: { path: { code: f.code } } })),
    onSuccess: async (_, f) => {
      await fresh();
      notify(t('folders.deleted', { name: f.code }), async () => {
        await ask(api.PUT('/api/v1/file-drops/{code}', { params: { path: { code: f.code } }, body: { kind: f.kind, mapping: f.mapping, as: f.as as 'open' | null, channel: f.channel, isActive: f.isActive } }));
        await fresh();
      });
    },
  });
  const list = folders.data?.data;
  const make = mayWrite && <Button onClick={() => setDialog({ kind: 'edit', folder: null })}>{t('folders.new')}</Button>;
  return (
    <Frame section="folders" error={folders.error ?? remove.error} actions={list && list.length > 0 && make}>
      {list?.length === 0 && <EmptyState kind="first" title={t('folders.none')} text={t('folders.noneText')} action={make} />}
      {list && list.length > 0 && (
        <Rows label={t('folders')}>
          {list.map((f) => (
            <Row
              key={f.code}
              name={f.code}
              beside={
                <>
                  <span className="sy-muted">{t.maybe(`mappings.kind.${f.kind}`)}</span> {!f.isActive && <Status tone="neutral">{t('folders.paused')}</Status>}
                </>
              }
              end={
                <>
                  <Button size="compact-sm" variant="default" aria-label={t('folders.filesOf', { name: f.code })} onClick={() => setDialog({ kind: 'files', folder: f })}>
                    {t('folders.files')}
                  </Button>
                  {mayWrite && (
                    <>
                      <Button size="compact-sm" variant="default" aria-label={t('folders.changeOf', { name: f.code })} onClick={() => setDialog({ kind: 'edit', folder: f })}>
                        {t('change')}
                      </Button>
                      <Button size="compact-sm" variant="default" loading={remove.isPending && remove.variables === f} onClick={() => remove.mutate(f)}>
                        {t('delete')}
                      </Button>
                    </>
                  )}
                </>
              }
            >
              {f.folder ? <bdi className="sy-code">{f.folder}/in</bdi> : t('folders.noPlace')}
              {f.mapping && ` · ${f.mapping}`}
              {f.as && ` · ${t.maybe(`folders.as.${f.as}`)}`}
            </Row>
          ))}
        </Rows>
      )}
      {dialog?.kind === 'edit' && <FolderDialog folder={dialog.folder} onClose={() => setDialog(null)} onSaved={fresh} />}
      {dialog?.kind === 'files' && <FilesDialog folder={dialog.folder} onClose={() => setDialog(null)} />}
    </Frame>
  );
}

function FolderDialog({ folder, onClose, onSaved }: { folder: Folder | null; onClose: () => void; onSaved: () => Promise<void> }) {
  const t = useTexts(en);
  const [form, setForm] = useState({ code: folder?.code ?? '', kind: folder?.kind ?? 'products', mapping: folder?.mapping ?? '', as: (folder?.as ?? 'open') as 'open' | 'history', channel: folder?.channel ?? '', isActive: folder?.isActive ?? true });
  const put = (change: Partial<typeof form>) => setForm((now) => ({ ...now, ...change }));
  const kinds = useQuery({ queryKey: ['imports', 'kinds'], queryFn: ({ signal }) => ask(api.GET('/api/v1/imports/kinds', { signal })), staleTime: 5 * 60_000 });
  const isOrders = form.kind === 'orders';
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.PUT('/api/v1/file-drops/{code}', {
          params: { path: { code: form.code.trim() }, ...(folder ? { header: ifMatch(folder.version) } : {}) },
          body: { kind: form.kind, mapping: form.mapping.trim() || null, as: isOrders ? form.as : null, channel: isOrders ? form.channel.trim() || null : null, isActive: form.isActive },
        }),
      ),
    onSuccess: async (saved) => {
      await onSaved();
      notify(t('folders.saved', { name: saved.code }));
      onClose();
    },
  });
  const faults = byField(save.error);
  return (
    <FormDialog
      title={folder ? t('folders.changeOf', { name: folder.code }) : t('folders.new')}
      confirm={t('save')}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      isPending={save.isPending}
      error={save.error ?? kinds.error}
      shown={['#code', 'kind', 'mapping', 'as', 'channel']}
    >
      <TextInput label={t('folders.code')} value={form.code} onChange={(e) => put({ code: e.currentTarget.value })} error={faults['#code']} maxLength={64} disabled={folder !== null} required data-autofocus />
      <Select
        label={t('folders.kind')}
        value={form.kind}
        allowDeselect={false}
        onChange={(v) => v && put({ kind: v })}
        error={faults['kind']}
        data={(kinds.data?.data ?? []).map((k) => ({ value: k.kind, label: t.maybe(`mappings.kind.${k.kind}`) }))}
      />
      <TextInput label={t('folders.mapping')} description={t('folders.mappingText')} value={form.mapping} onChange={(e) => put({ mapping: e.currentTarget.value })} error={faults['mapping']} maxLength={80} />
      {isOrders && (
        <>
          <Select label={t('folders.as')} value={form.as} allowDeselect={false} onChange={(v) => v && put({ as: v as 'open' })} error={faults['as']} data={(['open', 'history'] as const).map((v) => ({ value: v, label: t(`folders.as.${v}`) }))} />
          <TextInput label={t('folders.channel')} value={form.channel} onChange={(e) => put({ channel: e.currentTarget.value })} error={faults['channel']} maxLength={64} />
        </>
      )}
      <Checkbox label={t('folders.isActive')} checked={form.isActive} onChange={(e) => put({ isActive: e.currentTarget.checked })} />
      <p className="sy-muted">{t('folders.rights')}</p>
    </FormDialog>
  );
}

function FilesDialog({ folder, onClose }: { folder: Folder; onClose: () => void }) {
  const t = useTexts(en);
  const files = useQuery({ queryKey: ['file-drops', folder.code, 'files'], queryFn: ({ signal }) => ask(api.GET('/api/v1/file-drops/{code}/files', { params: { path: { code: folder.code } }, signal })), refetchInterval: 10_000 });
  const list = files.data?.data;
  return (
    <Modal opened onClose={onClose} title={t('folders.filesOf', { name: folder.code })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <ProblemAlert error={files.error} />
      {list?.length === 0 && <p className="sy-muted">{t('folders.noFiles')}</p>}
      {list && list.length > 0 && (
        <Rows label={t('folders.files')}>
          {list.map((f, i) => (
            <Row
              key={`${f.name}${i}`}
              name={<bdi>{f.name}</bdi>}
              beside={
                <>
                  <Status tone={tones[f.state]}>{t(`folders.state.${f.state}`)}</Status> <When at={f.at} />
                </>
              }
              end={f.job && <Link to="/imports" search={{ job: f.job } as never}>{t('folders.import')}</Link>}
            >
              {f.fault}
            </Row>
          ))}
        </Rows>
      )}
    </Modal>
  );
}
