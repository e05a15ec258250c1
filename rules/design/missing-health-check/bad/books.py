from fastapi import APIRouter

router = APIRouter(prefix="/books")
books = {}


@router.get("/")
def list_books():
    return list(books.values())


@router.get("/{number}")
def show_book(number: int):
    return books[number]


@router.put("/{number}")
def keep_book(number: int, title: str):
    books[number] = title


@router.delete("/{number}")
def drop_book(number: int):
    books.pop(number, None)


@router.get("/{number}/title")
def show_title(number: int):
    return {"title": books[number]}
