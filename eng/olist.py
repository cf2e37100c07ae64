#!/usr/bin/env python3
"""Back-tests on real orders: python3 eng/olist.py FOLDER [--url URL] [--key KEY] [--orders N]

FOLDER holds the tables of the Olist data set (orders of Brazilian shops, 2016 to 2018) or a sample of them: orders, order_items, customers and products as
.csv, geolocation as .csv.gz. Into an empty server it writes five warehouses, zones, lanes, places, products and stock, places the orders in their order, and
tries other rules and networks on them. Only the standard library is needed.
"""
import argparse, collections, csv, datetime, gzip, json, math, pathlib, random, time, urllib.error, urllib.request

WAREHOUSES = {  # code: (name, postcode, latitude, longitude, pick cost, handling cost)
    "SAO": ("São Paulo", "01310-000", -23.56, -46.65, 250, 40), "RIO": ("Rio de Janeiro", "20031-000", -22.91, -43.17, 270, 45),
    "BHZ": ("Belo Horizonte", "30130-000", -19.92, -43.94, 240, 40), "CWB": ("Curitiba", "80010-000", -25.43, -49.27, 230, 38), "SSA": ("Salvador", "40010-000", -12.97, -38.51, 220, 35),
}

arguments = argparse.ArgumentParser()
arguments.add_argument("folder", type=pathlib.Path)
arguments.add_argument("--url", default="http://127.0.0.1:5080")
arguments.add_argument("--key", default="sy_demo_administrator")
arguments.add_argument("--orders", type=int, default=2000)
asked = arguments.parse_args()


def call(method, path, body=None):
    request = urllib.request.Request(asked.url + "/api/v1" + path, method=method, data=None if body is None else json.dumps(body).encode(),
                                     headers={"Authorization": "Bearer " + asked.key, "Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer: return json.load(answer)
    except urllib.error.HTTPError as refused:
        raise SystemExit(f"{method} {path}: {refused.code} {refused.read().decode()[:600]}")


def table(name):
    with open(asked.folder / f"{name}.csv", encoding="utf-8-sig", newline="") as file: yield from csv.DictReader(file)


def km(a, b):
    (la, lo), (lb, lp) = [tuple(map(math.radians, p)) for p in (a, b)]
    return 12742 * math.asin(math.sqrt(math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2))


def places():
    """Where postcodes begin with three digits, and with one: the middle of all that is known of them."""
    sums = collections.defaultdict(lambda: [0, 0.0, 0.0])
    with gzip.open(asked.folder / "geolocation.csv.gz", "rt", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            latitude, longitude = float(row["geolocation_lat"]), float(row["geolocation_lng"])
            if not (-34 < latitude < 6 and -74 < longitude < -34): continue
            for length in (1, 3):
                at = sums[row["geolocation_zip_code_prefix"][:length]]
                at[0] += 1; at[1] += latitude; at[2] += longitude
    return {prefix: (a / n, b / n) for prefix, (n, a, b) in sums.items()}


def orders():
    customers = {row["customer_id"]: row for row in table("customers")}
    items = collections.defaultdict(collections.Counter)
    prices = {}
    for row in table("order_items"):
        items[row["order_id"]][row["product_id"]] += 1
        prices[row["product_id"]] = round(float(row["price"]) * 100)
    found = [row for row in table("orders") if items.get(row["order_id"])]
    found.sort(key=lambda row: row["order_purchase_timestamp"])
    return [(row["order_id"], customers[row["customer_id"]], items[row["order_id"]]) for row in found[:asked.orders]], prices


where = places()
wanted, prices = orders()
sold = collections.Counter()
for _, _, lines in wanted: sold.update(lines)
weights = {row["product_id"]: int(float(row["product_weight_g"] or 500)) for row in table("products")}

call("PUT", "/channels/olist", {"name": "Olist", "onShort": "backorder", "splitPenaltyMinor": 300})
for code, (name, postcode, latitude, longitude, pick, handling) in WAREHOUSES.items():
    call("POST", "/nodes", {"code": code, "name": name, "kind": "warehouse", "country": "BR", "postcode": postcode, "timeZone": "America/Sao_Paulo", "pickFixedMinor": pick, "handlingMinor": handling,
                            "position": {"latitude": latitude, "longitude": longitude}})
zones = sorted(prefix for prefix in where if len(prefix) == 1)
for digit in zones: call("PUT", f"/zones/BR{digit}", {"name": f"Postcodes {digit}", "areas": [{"country": "BR", "postcodePrefix": digit}]})
for code, (_, _, latitude, longitude, _, _) in WAREHOUSES.items():
    far = {digit: km((latitude, longitude), where[digit]) for digit in zones}
    call("PUT", f"/nodes/{code}/lanes", [
        {"zone": f"BR{digit}", "service": service, "method": "standard", "currency": "BRL", "baseMinor": round((base + far[digit] * a_km)), "perKgMinor": round(120 + far[digit] * 0.15), "maxWeightGrams": 50_000,
         "transitDays": days + round(far[digit] / pace)} for digit in zones for service, base, a_km, days, pace in (("pac", 900, 0.6, 2, 450), ("sedex", 1600, 1.1, 1, 900))])
call("PUT", "/routing/places/BR", {"places": [{"prefix": p, "latitude": round(a, 5), "longitude": round(b, 5)} for p, (a, b) in where.items()]})

# What sells fast lies in several places, the rest in one or two: so orders of several lines must be split, or not.
dice = random.Random(2026)
codes = list(WAREHOUSES)
stock = []
for rank, (product, units) in enumerate(sold.most_common()):
    call("POST", "/products", {"sku": product, "name": "Product " + product[:8], "weightGrams": weights.get(product, 500) or 500})
    homes = dice.sample(codes, k=4 if rank < len(sold) // 20 else dice.choice((1, 2, 2, 3)))
    stock += [{"sku": product, "node": home, "delta": max(1, math.ceil(units * 1.2 / len(homes))), "reason": "receipt"} for home in homes]
for i in range(0, len(stock), 500): call("POST", "/inventory/adjustments", {"items": stock[i:i + 500]})

began = datetime.datetime.now(datetime.timezone.utc)
for number, (order, customer, lines) in enumerate(wanted):
    call("POST", "/orders", {"channel": "olist", "externalId": order, "currency": "BRL", "method": "standard", "customer": {"name": "Customer " + customer["customer_unique_id"][:8], "email": customer["customer_unique_id"][:16] + "@example.com"},
                             "shippingAddress": {"name": "Customer " + customer["customer_unique_id"][:8], "line1": f"Rua {number}", "city": customer["customer_city"], "region": customer["customer_state"],
                                                 "postcode": customer["customer_zip_code_prefix"].zfill(5) + "-000", "country": "BR"},
                             "lines": [{"sku": sku, "quantity": units, "unitPriceMinor": prices[sku]} for sku, units in lines.items()]})
print(f"{len(wanted)} orders, {sum(sold.values())} units, {len(sold)} products, {len(stock)} places of stock")
time.sleep(3)       # the settings that decisions share are kept within a second

TRIED = [
    ("as it was", {}),
    ("nearest node first", {"rules": {"scenarios": [{"name": "nearest", "weights": {"costPercent": 0, "hundredKmMinor": 1000}}]}}),
    ("fewest parcels", {"rules": {"scenarios": [{"name": "few", "objective": "fewestParcels"}]}}),
    ("fastest", {"rules": {"scenarios": [{"name": "fast", "objective": "fastest"}]}}),
    ("São Paulo closed", {"change": {"closed": ["SAO"]}}),
    ("São Paulo's lanes 20 % dearer", {"change": {"lanes": [{"node": "SAO", "percent": 120}]}}),
    ("at most 500 parcels a day from São Paulo", {"change": {"capacity": [{"node": "SAO", "parcelsPerDay": 500}]}}),
]
print("| tried | orders that change | cost, BRL | parcels | split | unfilled units | km | days | same decisions | s |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
for name, wish in TRIED:
    start = time.time()
    job = call("POST", "/routing/backtests", {"name": name, "from": began.isoformat(), "to": datetime.datetime.now(datetime.timezone.utc).isoformat(), **wish})
    while not (shown := call("GET", "/routing/backtests/" + job["id"])).get("result"):
        if shown["state"] in ("failed", "cancelled"): raise SystemExit(f"The back-test {name} was {shown['state']}: {shown.get('error')}")
        time.sleep(0.2)
    r = shown["result"]; a, b = r["before"], r["after"]
    print(f"| {name} | {r['changed']:,} | {b['costMinor'] / 100:,.2f} ({(b['costMinor'] - a['costMinor']) * 100 / max(1, a['costMinor']):+.1f} %) | {b['parcels']:,} | {b['splits']:,} | {b['unfilledUnits']:,} | {b['km']:,} | {b['days']:,} | "
          f"{r['replay']['same']:,} of {r['replay']['decisions']:,} | {time.time() - start:.1f} |", flush=True)
