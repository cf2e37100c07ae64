import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { signal } from '@house/scan/signals.ts';
import { useScanner } from '@house/scan/useScanner.ts';
import { Status } from '@house/parts/Status.tsx';
import css from './Shipping.module.css';
import en from './texts.en.ts';
import { useLabelActs } from './useLabelActs.ts';

interface Props {
  /** The manifest that a number is on; null: it is on none of those open here. */
  manifestOf: (tracking: string) => string | null;
  /** How many are left to scan. */
  left: number;
}

/** Parcels onto the van, one scan each, heard from a scanner or typed by hand. */
export function ScanParcels({ manifestOf, left }: Props) {
  const t = useTexts(en);
  const { fresh } = useLabelActs();
  const field = useRef<HTMLInputElement>(null);
  const [heard, setHeard] = useState<{ tracking: string; isGood: boolean; words: string } | null>(null);
  const scan = useMutation({
    mutationFn: async (tracking: string) => {
      const id = manifestOf(tracking);
      if (id === null) throw new ApiError(409, { code: 'shipping.not_on_manifest' });
      return ask(api.POST('/api/v1/manifests/{id}/scan', { params: { path: { id } }, body: { tracking } }));
    },
    onSuccess: async (_, tracking) => {
      signal('right');
      setHeard({ tracking, isGood: true, words: t('scan.good') });
      await fresh();
    },
    onError: (error, tracking) => {
      signal('wrong');
      const code = error instanceof ApiError ? error.code : '';
      setHeard({ tracking, isGood: false, words: code === 'shipping.not_on_manifest' ? t('scan.notListed') : code === 'shipping.not_packed' ? t('scan.cannotLeave') : error.message });
    },
  });
  // A scanner is heard wherever the focus is; the field is for whoever types.
  useScanner((heardOf) => scan.mutate(heardOf.text));
  return (
    <form
      className={css.scan}
      onSubmit={(e) => {
        e.preventDefault();
        const tracking = field.current?.value.trim() ?? '';
        if (tracking === '') return;
        field.current!.value = '';
        field.current!.focus();
        scan.mutate(tracking);
      }}
    >
      <TextInput ref={field} label={t('scan.label')} description={t('scan.left', { n: left })} autoComplete="off" spellCheck={false} enterKeyHint="done" />
      <Button type="submit" variant="default">{t('scan.enter')}</Button>
      <span className={css.heard} role="status">
        {heard && (
          <Status tone={heard.isGood ? 'good' : 'bad'}>
            <bdi className="sy-code">{heard.tracking}</bdi> {heard.words}
          </Status>
        )}
      </span>
    </form>
  );
}
