#!/usr/bin/env python3
"""What the import of Olist files or a Shopify order export should say, worked out from the files alone.

    eng/expected-vendor-orders.py olist FOLDER/orders.csv
    eng/expected-vendor-orders.py shopify EXPORT.csv

Follows docs/import-orders.md and shares no code with the importer. Prints JSON with the names of the importer's counts.
"""
import csv, json, sys
from collections import Counter, defaultdict
from decimal import Decimal


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return [{k.strip(): (v or "").strip() for k, v in r.items()} for r in csv.DictReader(f)]


def minor(text):
    return int((Decimal(text) * 100).to_integral_exact())


def new():
    return dict(rows=0, orders=0, goodsLines=0, chargeLines=0, units=0, goodsMinor=0, discountMinor=0, chargesMinor=0, totalMinor=0,
                ordersShipped=0, ordersDelivered=0, statuses=Counter(), payments=defaultdict(lambda: [0, 0]), buckets=Counter(), errors=Counter(), warnings=Counter())


def pay(out, key, amount):
    out["payments"][key][0] += 1
    out["payments"][key][1] += amount


def olist(path):
    out, of = new(), lambda what: path.replace("orders", what) if path.count("orders") == 1 else "/".join(path.split("/")[:-1] + [path.split("/")[-1].replace("orders", what)])
    items, payments = defaultdict(list), defaultdict(list)
    for r in rows(of("order_items")): items[r["order_id"]].append(r)
    for r in rows(of("order_payments")): payments[r["order_id"]].append(r)
    for order in rows(path):
        its, pays = items[order["order_id"]], payments[order["order_id"]]
        out["rows"] += 1 + len(its) + len(pays)
        if not its:
            out["errors"]["order_without_items"] += 1
            continue
        goods, freight = sum(minor(i["price"]) for i in its), sum(minor(i["freight_value"]) for i in its)
        out["orders"] += 1
        out["goodsLines"] += len({(i["product_id"], i["price"]) for i in its})
        out["units"] += len(its)
        out["chargeLines"] += 1 if freight else 0
        out["goodsMinor"] += goods
        out["chargesMinor"] += freight
        out["totalMinor"] += goods + freight
        left, came = order["order_delivered_carrier_date"], order["order_delivered_customer_date"]
        out["ordersShipped"] += 1 if left else 0
        out["ordersDelivered"] += 1 if came else 0
        s = order["order_status"]
        out["statuses"][s] += 1
        bucket = ("delivered" if s == "delivered" else "shipped" if s == "shipped" else "cancelled" if s == "unavailable"
                  else ("delivered" if came else "sentBack" if left else "cancelled") if s == "canceled" else "unallocated")
        out["buckets"][bucket] += len(its)
        paid = 0
        for p in pays:
            amount = minor(p["payment_value"])
            if amount > 0:
                pay(out, "sale " + p["payment_type"], amount)
                paid += amount
        if paid != goods + freight: out["warnings"]["payment_differs"] += 1
    return out


def shopify(path):
    out, by = new(), defaultdict(list)
    for r in rows(path):
        by[r["Name"]].append(r)
        out["rows"] += 1
    for lines in by.values():
        head = lines[0]
        if not all(l.get("Lineitem sku") or l["Lineitem name"] for l in lines):
            out["errors"]["sku_missing"] += 1
            continue
        priced = "Lineitem price" in head
        goods = sum(minor(l["Lineitem price"]) * int(l["Lineitem quantity"]) for l in lines) if priced else 0
        discount = goods - minor(head["Subtotal"]) if head.get("Subtotal") and minor(head["Subtotal"]) <= goods else 0
        shipping, tax = minor(head.get("Shipping") or "0"), minor(head.get("Taxes") or "0")
        on_top = tax > 0 and head.get("Total") and minor(head["Total"]) == goods - discount + shipping + tax
        total = goods - discount + shipping + (tax if on_top else 0)
        out["orders"] += 1
        out["goodsLines"] += len(lines)
        out["chargeLines"] += 1 if shipping else 0
        for l in lines: out["units"] += int(l["Lineitem quantity"])
        out["goodsMinor"] += goods
        out["discountMinor"] += discount
        out["chargesMinor"] += shipping
        out["totalMinor"] += total
        financial, fulfilment, off = head["Financial Status"], head["Fulfillment Status"], head["Cancelled at"]
        out["statuses"][f"{financial or 'none'}/{fulfilment or 'none'}{'/cancelled' if off else ''}"] += 1
        out["ordersShipped"] += 1 if head["Fulfilled at"] else 0
        for l in lines:
            done, gone = l["Lineitem fulfillment status"] == "fulfilled", off or financial in ("refunded", "voided")
            out["buckets"]["shipped" if done else "cancelled" if gone else "unallocated"] += int(l["Lineitem quantity"])
        tender = head["Payment Method"] or "unknown"
        if priced and total > 0 and financial in ("paid", "refunded", "partially_refunded"):
            pay(out, "sale " + tender, total)
            back = minor(head.get("Refunded Amount") or "0")
            if 0 < back <= total: pay(out, "refund " + tender, back)
        if not priced: out["warnings"]["price_unknown"] += 1
        elif head.get("Total") and minor(head["Total"]) != total: out["warnings"]["total_differs"] += 1
    return out


found = {"olist": olist, "shopify": shopify}[sys.argv[1]](sys.argv[2])
found["payments"] = {k: {"lines": n, "minor": m} for k, (n, m) in sorted(found["payments"].items())}
print(json.dumps(found, indent=1, sort_keys=True))
