import json
from concurrent.futures import ThreadPoolExecutor


def serve(body: str) -> tuple[int, str]:
    asked = json.loads(body)
    try:
        ranking = tp.rank(
            pd.DataFrame(asked["scores"]).T, asked["weights"], asked["method"], directions=asked["directions"]
        )
    except tp.InfeasibleError as error:
        return 409, error.to_json()
    except tp.TechprioError as error:
        return 422, error.to_json()
    return 200, ranking.to_json()


with ThreadPoolExecutor() as pool:
    answers = list(pool.map(serve, bodies))
