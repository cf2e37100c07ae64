import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Barcode } from '@house/parts/Barcode.tsx';
import { useNow } from '@house/now.ts';
import { AddressText } from './AddressText.tsx';
import { useMethodName } from '@house/words/useMethodName.ts';
import css from './PrintOrders.module.css';
import { isGoods, type Order } from './orders.ts';
import { toSend, type Pick } from './printing.ts';
import en from './texts.en.ts';

/** What goes into the parcel. Without prices: it may be a gift. */
export function OrderSheet({ order, shop }: { order: Order; shop: string }) {
  const t = useTexts(en);
  const { date, number } = useFormat();
  const methodName = useMethodName();
  const lines = order.lines.filter((l) => isGoods(l) && toSend(l) > 0);
  return (
    <article className={css.sheet} aria-label={t('print.sheetOf', { number: order.number })}>
      <header className={css.head}>
        <div>
          <p className={css.shop} dir="auto">
            {shop}
          </p>
          <h2 className={css.number}>#{order.number}</h2>
        </div>
        <Barcode text={order.number} className={css.code} />
      </header>
      <div className={css.facts}>
        <section>
          <h3>{t('address.shipping')}</h3>
          <AddressText address={order.shippingAddress} />
        </section>
        <dl>
          <Fact name={t('column.placed')}>{date(order.placedAt)}</Fact>
          {order.externalId && <Fact name={t('column.external')}>{order.externalId}</Fact>}
          {order.method && <Fact name={t('column.method')}>{methodName(order.method)}</Fact>}
          {order.deliverBy && <Fact name={t('deliverBy')}>{date(order.deliverBy)}</Fact>}
        </dl>
      </div>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="sy-hidden">{t('print.done')}</span>
            </th>
            <th scope="col">{t('print.sku')}</th>
            <th scope="col">{t('print.product')}</th>
            <th scope="col">{t('column.from')}</th>
            <th scope="col" className={css.end}>
              {t('column.items')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.line}-${line.sku}`}>
              <td>
                <span className={css.box} />
              </td>
              <td className={css.sku} dir="auto">
                {line.sku}
              </td>
              <td dir="auto">{line.name}</td>
              <td>{line.allocations.filter((a) => a.quantity > 0).map((a) => a.node).join(', ') || '–'}</td>
              <td className={css.end}>{number(toSend(line))}</td>
            </tr>
          ))}
          {lines.length === 0 && (
            <tr>
              <td colSpan={5}>{t('print.nothingToSend')}</td>
            </tr>
          )}
        </tbody>
      </table>
    </article>
  );
}

/** What is to be fetched at a node for all of these orders, and for which. */
export function PickSheet({ node, picks, shop }: { node: string; picks: readonly Pick[]; shop: string }) {
  const t = useTexts(en);
  const { number, dateTime } = useFormat();
  const now = useNow();
  return (
    <article className={css.sheet} aria-label={t('print.pickOf', { node })}>
      <header className={css.head}>
        <div>
          <p className={css.shop} dir="auto">
            {shop}
          </p>
          <h2 className={css.number}>{t('print.pickOf', { node })}</h2>
        </div>
        <p>{dateTime(now)}</p>
      </header>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="sy-hidden">{t('print.done')}</span>
            </th>
            <th scope="col">{t('print.sku')}</th>
            <th scope="col">{t('print.product')}</th>
            <th scope="col" className={css.end}>
              {t('column.items')}
            </th>
            <th scope="col">{t('print.forOrders')}</th>
          </tr>
        </thead>
        <tbody>
          {picks.map((pick) => (
            <tr key={pick.sku}>
              <td>
                <span className={css.box} />
              </td>
              <td className={css.sku} dir="auto">
                {pick.sku}
              </td>
              <td dir="auto">{pick.name}</td>
              <td className={`${css.end} sy-strong`}>{number(pick.units)}</td>
              <td>{pick.of.map((o) => `#${o.number} × ${number(o.units)}`).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}
