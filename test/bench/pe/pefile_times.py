"""Times pefile over the files named on standard input: whole parse alone, and with the hashes that our reader computes too."""
import json
import sys
import time

import pefile

order = json.load(sys.stdin)
contents = [open(name, "rb").read() for name in order["files"]]
# As many symbols as there are: pefile stops early otherwise.
LIMITS = {"max_symbol_exports": 70000, "max_repeated_symbol": 70000}


def parse(data):
    return pefile.PE(data=data, **LIMITS)


def with_hashes(data):
    pe = parse(data)
    pe.get_imphash()
    pe.get_rich_header_hash()
    for section in pe.sections:
        section.get_hash_sha256()
        section.get_hash_md5()
        section.get_entropy()


def run(read):
    start = time.process_time()
    for data in contents:
        try:
            read(data)
        except pefile.PEFormatError:
            pass
    return (time.process_time() - start) * 1000


parse(contents[0])
rounds = order["rounds"]
print(json.dumps({"parse": [run(parse) for _ in range(rounds)], "hashes": [run(with_hashes) for _ in range(rounds)]}))
