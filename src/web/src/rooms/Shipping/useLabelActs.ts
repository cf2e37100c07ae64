import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { fileName, openFile, type Label } from './shipping.ts';
import en from './texts.en.ts';

/** What is asked for: a service by name where a person chose it. */
export interface BookWish {
  parcel: string;
  account?: string | undefined;
  service?: string | undefined;
  /** A label that failed, or that another replaces, and goes first. */
  instead?: string | undefined;
}

/** What can be done with labels, from wherever one sees them; what shows them is asked for anew. */
export function useLabelActs() {
  const t = useTexts(en);
  const queries = useQueryClient();
  const fresh = () => Promise.all([queries.invalidateQueries({ queryKey: ['parcels'] }), queries.invalidateQueries({ queryKey: ['orders'] }), queries.invalidateQueries({ queryKey: ['attention'] })]);
  const tell = (label: Label) => notify(label.state === 'booked' ? t('done.booked', { tracking: label.tracking ?? '' }) : label.state === 'failed' ? t('done.failed') : t('done.wanted'));
  const book = useMutation({
    mutationFn: async ({ parcel, account, service, instead }: BookWish) => {
      if (instead) await ask(api.POST('/api/v1/labels/{id}/void', { params: { path: { id: instead } } }));
      return ask(api.POST('/api/v1/packages/{id}/label', { params: { path: { id: parcel } }, body: { ...(account ? { account } : {}), ...(service ? { service } : {}) } })) as Promise<Label>;
    },
    onSuccess: tell,
    onSettled: fresh,
  });
  const retry = useMutation({ mutationFn: (label: string) => ask(api.POST('/api/v1/labels/{id}/retry', { params: { path: { id: label } } })), onSuccess: tell, onSettled: fresh });
  const revoke = useMutation({
    mutationFn: (label: string) => ask(api.POST('/api/v1/labels/{id}/void', { params: { path: { id: label } } })),
    onSuccess: (label) => notify(t(label.state === 'voiding' ? 'done.voiding' : 'done.voided')),
    onSettled: fresh,
  });
  const print = useMutation({ mutationFn: ({ file, tracking, id, format }: { file: string; tracking: string | null; id: string; format: string | null }) => openFile(file, fileName(tracking, id, format)) });
  return { book, retry, revoke, print, fresh, error: book.error ?? retry.error ?? revoke.error ?? print.error };
}
