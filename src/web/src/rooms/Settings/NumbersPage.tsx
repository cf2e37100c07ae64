import { Button, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { useMay } from '@house/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import { Frame, Row, Rows } from './Frame.tsx';
import en from './texts.en.ts';

type Series = Schema['WriteNumberSeriesResponse'];

/** How orders are numbered, by type. */
export default function NumbersPage() {
  const t = useTexts(en);
  const may = useMay();
  const series = useQuery({ queryKey: ['number-series'], queryFn: ({ signal }) => ask(api.GET('/api/v1/number-series', { signal })) });
  const [changed, setChanged] = useState<Series | null>(null);
  return (
    <Frame section="numbers" error={series.error}>
      <Rows label={t('numbers')}>
        {series.data?.data.map((s) => (
          <Row
            key={s.type}
            name={t.maybe(`numbers.type.${s.type}`)}
            end={
              may('settings:write') && (
                <Button size="compact-sm" variant="default" onClick={() => setChanged(s)}>
                  {t('change')}
                </Button>
              )
            }
          >
            {t.node('numbers.next', { example: <bdi className="sy-code">{s.example}</bdi> })}
          </Row>
        ))}
      </Rows>
      {changed && <SeriesDialog series={changed} onClose={() => setChanged(null)} />}
    </Frame>
  );
}

function SeriesDialog({ series, onClose }: { series: Series; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [prefix, setPrefix] = useState(series.prefix);
  const [next, setNext] = useState(series.next);
  const [digits, setDigits] = useState(series.digits);
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/number-series/{type}', { params: { path: { type: series.type } }, body: { prefix, next, digits }, headers: ifMatch(series.version) })),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['number-series'] });
      notify(t('numbers.saved', { example: saved.example }));
      onClose();
    },
  });
  const faults = byField(save.error);
  return (
    <FormDialog title={t.maybe(`numbers.type.${series.type}`)} confirm={t('save')} onClose={onClose} onSubmit={() => save.mutate()} isPending={save.isPending} error={save.error} shown={['/prefix', '/next', '/digits']}>
      <TextInput label={t('numbers.prefix')} value={prefix} onChange={(e) => setPrefix(e.currentTarget.value)} error={faults['prefix']} data-autofocus />
      <NumberInput label={t('numbers.nextNumber')} description={t('numbers.nextText')} value={next} min={1} allowDecimal={false} onChange={(v) => setNext(Number(v) || 0)} error={faults['next']} />
      <NumberInput label={t('numbers.digits')} description={t('numbers.digitsText')} value={digits} min={1} max={12} allowDecimal={false} onChange={(v) => setDigits(Number(v) || 0)} error={faults['digits']} />
      <p className="sy-muted">{t.node('numbers.next', { example: <bdi className="sy-code">{prefix + String(next).padStart(digits, '0')}</bdi> })}</p>
    </FormDialog>
  );
}
