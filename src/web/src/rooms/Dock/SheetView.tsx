import { Button, UnstyledButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { IconCircleCheck } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import type { Scan } from '@house/scan/read.ts';
import { signal } from '@house/scan/signals.ts';
import { Bar } from '@rooms/Handheld/Bar.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import { Tick } from '@rooms/Handheld/Tick.tsx';
import { WrongScan } from '@rooms/Handheld/WrongScan.tsx';
import css from './Dock.module.css';
import { DockClashes } from './DockClashes.tsx';
import { FindProduct } from './FindProduct.tsx';
import { LastBooked } from './LastBooked.tsx';
import { counting, goodsOf, leftOf, linesOf, overOf, scanned, type Goods, type Sheet } from './receiving.ts';
import { titleOf, type Dock } from './useDock.ts';
import { useCodes } from './useCodes.tsx';
import en from './texts.en.ts';

type Trouble = { title: string; todo: string; code?: string };

/** One delivery: what is expected, what has come, and the next scan. */
export function SheetView({ dock, sheet, onFinish }: { dock: Dock; sheet: Sheet; onFinish: () => void }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const [wrong, setWrong] = useState<Trouble | null>(null);
  const [finding, setFinding] = useState<{ code: string | null } | null>(null);
  const [ticks, setTicks] = useState(0);
  const lines = linesOf(sheet, dock.waiting);
  const { delivery } = sheet;
  const expected = lines.reduce((n, l) => n + l.expected, 0);
  const came = lines.reduce((n, l) => n + Math.min(l.received, l.expected), 0);

  const refuse = (trouble: Trouble) => {
    signal('wrong');
    setWrong(trouble);
  };
  const start = (goods: Goods, by: Parameters<typeof counting>[2]) => {
    setWrong(null);
    setFinding(null);
    void dock.put(counting(dock.present()!, goods, by));
  };
  const question = useMutation({
    mutationFn: async (scan: Scan) => {
      if (dock.isOffline) return refuse({ title: t('wrong.unknownHere', { is: scan.text }), todo: t('wrongDo.unknownHere') });
      let said;
      try {
        said = await ask(api.GET('/api/v1/nodes/{code}/dock', { params: { path: { code: delivery.node }, query: { scan: scan.text } } }));
      } catch (error) {
        if (error instanceof ApiError && error.status === 400) return refuse({ title: t('wrong.unreadable', { is: scan.text }), todo: t('wrongDo.scanAgain') });
        throw error;
      }
      if (said.kind === 'goods') {
        const { about, units, lot, expiry, serial } = said.goods!;
        signal('right');
        start(about, { units, lot, expiry, serial, code: scan.gs1 ? null : scan.text });
      } else if (said.kind === 'unknown') refuse({ title: t('wrong.unknown', { is: scan.text }), todo: t('wrongDo.unknown'), code: scan.text });
      else refuse({ title: t('wrong.otherDelivery', { is: said.reference ?? scan.text }), todo: t('wrongDo.otherDelivery', { want: titleOf(delivery) }) });
    },
    onError: () => signal('wrong'),
  });
  const { buttons, panel } = useCodes((scan) => {
    setWrong(null);
    if (scan.command === 'done' || scan.command === 'next') return onFinish();
    if (scan.command) return signal('wrong');
    const verdict = scanned(dock.present()!, scan);
    if (verdict.kind === 'ask') return void (!question.isPending && question.mutate(scan));
    if (verdict.kind === 'wrong') return refuse({ title: t(`wrong.${verdict.why}`, { is: verdict.is }), todo: t('wrongDo.scanAgain') });
    signal('right');
    setTicks((n) => n + 1);
    void dock.put(verdict.sheet);
  }, finding === null);

  return (
    <>
      <Bar round={dock} backName={t('back')} title={titleOf(delivery)} onBack={() => void dock.put(null)} beside={<span className={handheld.left}>{delivery.isBlind ? t('blind') : t('came', { n: number(came), of: number(expected) })}</span>} />
      {!delivery.isBlind && <progress className={handheld.progress} max={Math.max(1, expected)} value={came} aria-label={t('progress')} />}
      <div className={handheld.scroll}>
        <DockClashes dock={dock} />
        {dock.last && dock.last.delivery === delivery.id && <LastBooked dock={dock} last={dock.last} />}
        <ProblemAlert error={question.error} what={t('notAsked')} />
        {lines.length === 0 && <p className={`sy-muted ${css.hint}`}>{t('blindHint')}</p>}
        {lines.length > 0 && (
          <ul className={handheld.cards} aria-label={t('lines')}>
            {lines.map((l) => {
              const isDone = l.received >= l.expected;
              return (
                <li key={l.sku}>
                  <UnstyledButton className={css.job} data-done={isDone || undefined} onClick={() => start(goodsOf(sheet, l.sku)!, { units: Math.max(1, leftOf(l)) })}>
                    <span className={handheld.cardWords}>
                      <span className={css.name} dir="auto">{l.name}</span>
                      <span className="sy-muted sy-code">{l.sku}</span>
                    </span>
                    <span className={handheld.cardEnd}>
                      <span className={css.ofText}>
                        {isDone && <IconCircleCheck size={20} className={css.tickMark} aria-label={t('lineDone')} />}
                        <strong>{number(l.received)}</strong>
                        {l.expected > 0 && ` / ${number(l.expected)}`}
                      </span>
                      {overOf(l) > 0 && !delivery.isBlind && <Status tone="warn" isPlain>{t('by.over', { n: overOf(l) })}</Status>}
                      {l.damaged > 0 && <Status tone="bad" isPlain>{t('by.damaged', { n: l.damaged })}</Status>}
                    </span>
                  </UnstyledButton>
                </li>
              );
            })}
          </ul>
        )}
        <Button className={handheld.big!} variant="default" disabled={dock.isOffline} onClick={() => setFinding({ code: null })}>
          {t('noBarcode')}
        </Button>
      </div>
      <Tick key={`tick-${ticks}`} isOn={ticks > 0} />
      <div className={handheld.acts}>
        <p className={handheld.say} role="status">
          {question.isPending ? t('asking') : t('scanItem')}
        </p>
        <div className={handheld.row}>
          {buttons}
          <Button className={handheld.big!} leftSection={<IconCircleCheck size={24} aria-hidden />} onClick={onFinish}>
            {t('finish')}
          </Button>
        </div>
      </div>
      {panel}
      {finding && <FindProduct node={delivery.node} code={finding.code} onClose={() => setFinding(null)} onGoods={(goods, units) => start(goods, { units, code: finding.code })} />}
      {wrong && (
        <WrongScan title={wrong.title} todo={wrong.todo} back={t('goOn')} onClose={() => setWrong(null)}>
          {wrong.code !== undefined && (
            <UnstyledButton
              className={handheld.wrongBack}
              onClick={() => {
                setFinding({ code: wrong.code! });
                setWrong(null);
              }}
            >
              {t('findProduct')}
            </UnstyledButton>
          )}
        </WrongScan>
      )}
    </>
  );
}

