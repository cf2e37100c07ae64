import { Link } from '@tanstack/react-router';

/** The way to an order of ours, by its number. */
export function OrderLink({ id, number }: { id: string; number: string | null }) {
  return (
    <Link to={`/orders/${id}`} className="sy-nowrap">
      #{number ?? id}
    </Link>
  );
}
