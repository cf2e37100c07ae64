#!/usr/bin/env python3
"""Works out from the Online Retail files alone what `switchyard import orders --mapping online-retail --as history` must make of them.

Written from docs/import-orders.md, with Python's standard library only, and on purpose in another way than the importer: everything
is read into memory and worked out with dictionaries. Prints a table, and with --json FILE writes the numbers the tests compare with.

    eng/expected-online-retail.py FOLDER/*.csv.gz --json docs/import-expected.json
"""
import csv, datetime, decimal, gzip, hashlib, json, os, sys, zoneinfo
from collections import Counter, OrderedDict, defaultdict

LONDON = zoneinfo.ZoneInfo("Europe/London")
CHARGES = {"POST": "postage", "DOT": "postage", "C2": "carriage", "M": "manual", "BANK CHARGES": "bank_charges"}
REFUSED = {"S": "samples", "AMAZONFEE": "fee", "CRUK": "fee", "B": "bad_debt"}
COUNTRIES = {
    "United Kingdom": "GB", "Germany": "DE", "France": "FR", "EIRE": "IE", "Spain": "ES", "Netherlands": "NL", "Belgium": "BE",
    "Switzerland": "CH", "Australia": "AU", "Portugal": "PT", "Norway": "NO", "Finland": "FI", "Italy": "IT", "Cyprus": "CY",
    "Japan": "JP", "Sweden": "SE", "Austria": "AT", "Hong Kong": "HK", "Poland": "PL", "Israel": "IL", "Denmark": "DK",
    "Singapore": "SG", "Canada": "CA", "Iceland": "IS", "Greece": "GR", "Malta": "MT", "Lebanon": "LB", "Lithuania": "LT",
    "Brazil": "BR", "United Arab Emirates": "AE", "USA": "US", "Bahrain": "BH", "Czech Republic": "CZ", "Saudi Arabia": "SA",
    "RSA": "ZA", "Channel Islands": None, "European Community": None, "Unspecified": None,
}


def charge_of(code):
    return "gift_voucher" if code.startswith("GIFT_") else CHARGES.get(code)


def judge(row):
    """('goods'|'charge'|'discount'|'return', None) or ('error', code)."""
    number, code, quantity, price = row["number"], row["key"], row["quantity"], row["price"]
    cancels = number.startswith("C")
    if number.startswith("A"): return "error", "adjustment"
    if code in REFUSED: return "error", REFUSED[code]
    if price < 0: return "error", "price_negative"
    if price * 100 != int(price * 100): return "error", "price_decimals"
    if quantity == 0: return "error", "quantity_zero"
    if code == "D": return ("discount", None) if quantity < 0 and not cancels else ("error", "discount_unusable")
    charge = charge_of(code)
    if charge and (cancels or quantity < 0): return "error", "charge_refund"
    if cancels and quantity > 0: return "error", "cancellation_positive"
    if not cancels and quantity < 0 and price == 0: return "error", "stock_adjustment"
    if quantity < 0: return ("return", None) if row["customer"] else ("error", "return_no_customer")
    return ("charge", None) if charge else ("goods", None)


def read(path):
    opened = gzip.open(path, "rt", encoding="utf-8", newline="") if path.endswith(".gz") else open(path, encoding="utf-8", newline="")
    with opened as text:
        reader = csv.reader(text)
        header, line = next(reader), reader.line_num + 1
        for cells in reader:
            cell = {name: value.strip() for name, value in zip(header, cells, strict=True)}
            local = datetime.datetime.strptime(cell["InvoiceDate"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=LONDON)
            customer = cell["CustomerID"]
            yield {
                "line": line, "number": cell["InvoiceNo"], "sku": cell["StockCode"], "key": cell["StockCode"].upper(), "name": cell["Description"],
                "quantity": int(cell["Quantity"]), "price": decimal.Decimal(cell["UnitPrice"]), "at": int(local.timestamp()) * 1000,
                "customer": customer[:-2] if customer.endswith(".0") else customer, "country": COUNTRIES[cell["Country"]],
            }
            line = reader.line_num + 1


def digest(lines):
    return hashlib.sha256("".join(line + "\n" for line in sorted(lines)).encode()).hexdigest()


class Shop:
    def __init__(self):
        self.orders, self.products, self.customers, self.sales = OrderedDict(), {}, set(), defaultdict(list)

    def take(self, path):
        rows, errors, warnings = list(read(path)), Counter(), Counter()
        invoices = OrderedDict()
        for row in rows: invoices.setdefault(row["number"], []).append(row)
        kinds = Counter("cancellation" if n.startswith("C") else "adjustment" if n.startswith("A") else "sale" for n in invoices)
        told, returns, orders, charges = [], [], [], defaultdict(lambda: [0, 0])
        spelling, names_paid, names_any = {}, defaultdict(Counter), defaultdict(Counter)
        for row in rows:
            row["is"], row["error"] = judge(row)
            if row["is"] == "goods":
                spelling.setdefault(row["key"], row["sku"])
                if row["name"]:
                    names_any[row["key"]][row["name"]] += 1
                    if row["price"] > 0: names_paid[row["key"]][row["name"]] += 1

        def refuse(row, code):
            errors[code] += 1
            told.append(f"{row['line']}|{code}")

        for number, members in invoices.items():
            two = len({r["customer"] for r in members if r["customer"]}) > 1
            at = min(r["at"] for r in members)
            if len({r["at"] for r in members}) > 1: warnings["order_two_dates"] += 1
            if len({r["country"] for r in members}) > 1: warnings["order_two_countries"] += 1
            for row in members:
                if row["is"] == "error": refuse(row, row["error"])
                elif two: refuse(row, "order_two_customers")
            if two: continue
            customer = next((r["customer"] for r in members if r["customer"]), "")
            returns += [(at, r["line"], customer, r) for r in members if r["is"] == "return"]
            assert all(r["is"] != "discount" for r in members), "none in these files; split rule not written here"
            lines = [r for r in members if r["is"] in ("goods", "charge")]
            if not lines: continue
            assert number not in self.orders, "none in these files"
            for r in lines: r["minor"] = int(r["price"] * 100) * r["quantity"]
            order = {"number": number, "at": at, "customer": customer, "country": members[0]["country"], "lines": lines, "returned": 0,
                     "goods": sum(r["minor"] for r in lines if r["is"] == "goods"), "charges": sum(r["minor"] for r in lines if r["is"] == "charge")}
            orders.append(order)
            self.orders[number] = order
            if customer: self.customers.add(customer)
            for place, r in enumerate(lines, 1):
                if r["is"] == "charge":
                    charges[charge_of(r["key"])][0] += 1
                    charges[charge_of(r["key"])][1] += r["minor"]
                elif customer:
                    self.sales[customer, r["key"]].append({"at": at, "number": number, "place": place, "left": r["quantity"], "order": order})
        new = {}
        for order in orders:
            for r in order["lines"]:
                key = r["key"]
                if r["is"] != "goods" or key in self.products: continue
                names = names_paid[key] or names_any[key]
                new[key] = self.products[key] = (spelling[key], max(names, key=names.get) if names else spelling[key])
        back = Counter()
        for at, line, customer, row in sorted(returns, key=lambda r: r[:2]):
            asked = left = -row["quantity"]
            back["rows"] += 1
            back["units"] += asked
            earlier = [s for s in self.sales[customer, row["key"]] if s["at"] < at and s["left"] > 0]
            for sale in sorted(earlier, key=lambda s: (s["at"], s["number"], s["place"]), reverse=True):
                taken = min(left, sale["left"])
                sale["left"] -= taken
                sale["order"]["returned"] += taken
                left -= taken
                if left == 0: break
            back["units_matched"] += asked - left
            back["rows_matched" if left == 0 else "rows_unmatched" if left == asked else "rows_partly"] += 1
            if left: refuse(row, "return_unmatched" if left == asked else "return_partly_unmatched")
        goods = [r for o in orders for r in o["lines"] if r["is"] == "goods"]
        return {
            "file": os.path.basename(path).removesuffix(".gz").removesuffix(".csv"), "rows": len(rows), "invoices": dict(sorted(kinds.items())),
            "orders": len(orders), "orders_without_goods": sum(all(r["is"] == "charge" for r in o["lines"]) for o in orders),
            "goods_lines": len(goods), "units": sum(r["quantity"] for r in goods), "charge_lines": sum(c[0] for c in charges.values()),
            "goods_minor": sum(o["goods"] for o in orders), "charges_minor": sum(o["charges"] for o in orders),
            "total_minor": sum(o["goods"] + o["charges"] for o in orders),
            "charges": {k: {"lines": c, "minor": m} for k, (c, m) in sorted(charges.items())},
            "returns": {k: back[k] for k in ("rows", "rows_matched", "rows_partly", "rows_unmatched", "units", "units_matched")},
            "errors": dict(sorted(errors.items())), "error_rows": sum(errors.values()), "warnings": dict(sorted(warnings.items())),
            "products_new": len(new), "customers": len({o["customer"] for o in orders if o["customer"]}), "errors_digest": digest(told),
        }

    def state(self):
        """What is in the shop after the files so far, so that one test can compare everything and not only sums."""
        return {
            "orders": len(self.orders), "products": len(self.products), "customers": len(self.customers),
            "orders_digest": digest("|".join(map(str, (o["number"], o["at"], o["customer"], o["country"] or "", o["goods"], o["charges"],
                len(o["lines"]), sum(r["quantity"] for r in o["lines"] if r["is"] == "goods"), o["returned"]))) for o in self.orders.values()),
            "products_digest": digest(f"{key}|{sku}|{name}" for key, (sku, name) in self.products.items()),
        }


def add(a, b):
    if isinstance(a, dict): return {k: add(a.get(k, type(b.get(k))() if k in b else 0), b.get(k, type(a.get(k))() if k in a else 0)) for k in sorted({*a, *b})}
    return a + b


def main(arguments):
    out = arguments[arguments.index("--json") + 1] if "--json" in arguments else None
    paths = [a for a in arguments if not a.startswith("--") and a != out]
    shop, files = Shop(), []
    for path in paths:
        told = shop.take(path)
        files.append({**told, "after": shop.state()})
    total = {}
    for told in files:
        part = {k: v for k, v in told.items() if k not in ("file", "after", "errors_digest", "customers")}
        total = add(total, part) if total else part
    total = {**total, **{k: v for k, v in shop.state().items() if k not in ("orders",)}}
    for name, value in total.items():
        if isinstance(value, dict): print(name, *(f"\n    {k:28}{v}" for k, v in value.items()), sep="")
        else: print(f"{name:32}{value:,}" if isinstance(value, int) else f"{name:32}{value}")
    if out:
        with open(out, "w", encoding="utf-8") as file: file.write(json.dumps({"files": files, "total": total}, indent=1) + "\n")


main(sys.argv[1:])
