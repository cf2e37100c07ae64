import type { ReactNode } from 'react';
import { Boundary } from '../shell/RouteProblem.tsx';
import css from './Section.module.css';

interface Props {
  title: string;
  /** Beside the heading, muted: a count. */
  beside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** A smaller heading, for the side of a page. */
  isSide?: boolean;
  id?: string;
}

/** A part of a page under its heading. What fails inside does not take the page. */
export function Section({ title, beside, actions, children, isSide = false, id }: Props) {
  const Heading = isSide ? 'h3' : 'h2';
  return (
    <section className={css.section} aria-label={title} id={id}>
      <div className={css.head}>
        <Heading className={isSide ? css.small : css.title}>{title}</Heading>
        {beside && <span className="sy-muted">{beside}</span>}
        {actions && <div className={css.actions}>{actions}</div>}
      </div>
      <Boundary>{children}</Boundary>
    </section>
  );
}

/** Names and values: `<FieldList fields={[['Email', x], …]} />`. An empty value is left out. */
export function FieldList({ fields }: { fields: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={css.fields}>
      {fields
        .filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '')
        .map(([name, value]) => (
          <div key={name} className={css.field}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
